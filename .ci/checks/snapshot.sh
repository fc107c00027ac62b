#!/usr/bin/env bash
# A full export of 100,000 offers against a live stream in the same topic: the snapshot is killed twice in the middle, run
# to its end, and run again, which sends nothing. Offers of the live stream stay, and all stores agree.
. "$(dirname "$0")/lib.sh.inc"

offerstorm=./offerstorm
cluster=$work/cluster
cleanup() {
    "$offerstorm" cluster down --dir "$cluster" >"$work/down.txt" 2>&1 || true
    finish
}
trap cleanup EXIT
config=(--config "$cluster/offerstorm.yaml")

export_file() { # name, first number, last number, revision
    awk -v from="$2" -v to="$3" -v revision="$4" 'BEGIN {
        for (i = from; i <= to; i++) {
            changed = i % 10 == 0 ? revision : 1
            printf "{\"id\":\"s%d\",\"name\":\"Offer %d, revision %d\",\"profession_id\":%d,", i, i, changed, 100 + i % 20
            printf "\"office_latitude\":%d,\"office_longitude\":2.35}\n", i % 60
        }
    }' >"$work/$1"
}
snapshot() { # file: prints what it did
    "$offerstorm" produce "${config[@]}" --snapshot --source export "$1" >"$work/out.txt" 2>&1 || {
        cat "$work/out.txt"
        die "the snapshot failed"
    }
    cat "$work/out.txt"
}
log_bytes() { # of the topic, on the broker's disk; a file may go while this looks
    { find "$cluster" -path '*/offers-[0-9]*/*.log' -printf '%s\n' 2>/dev/null || true; } |
        awk '{ n += $1 } END { print n + 0 }'
}
kill_in_the_middle() { # file
    local before victim
    before=$(log_bytes)
    # Slow enough that it is still sending when the look below has come to it.
    "$offerstorm" produce "${config[@]}" --snapshot --source export --rate 2000/s "$1" >"$work/killed.txt" 2>&1 &
    victim=$!
    pids+=("$victim")
    until [ "$(log_bytes)" -gt $((before + 1000000)) ]; do
        kill -0 "$victim" 2>/dev/null || { cat "$work/killed.txt"; die "the snapshot ended before it was killed"; }
        sleep 0.05
    done
    kill -9 "$victim"
    wait "$victim" 2>/dev/null || true
    ! grep -q '^sent ' "$work/killed.txt" || die "the snapshot had ended before it was killed"
    echo "killed after $(($(log_bytes) - before)) bytes"
}

"$offerstorm" cluster up --dir "$cluster" >"$work/up.txt" 2>&1 || { cat "$work/up.txt"; die "no cluster"; }
{ "$offerstorm" setup "${config[@]}" && "$offerstorm" submit "${config[@]}" --wait 120s; } >"$work/submit.txt" 2>&1 || {
    cat "$work/submit.txt"
    die "not submitted"
}

# The live stream: 3,000 separate offers, for as long as all of this takes.
"$offerstorm" generate --count 3000 --seed 9 --out "$work/live.ndjson" 2>/dev/null
"$offerstorm" produce "${config[@]}" --rate 50/s "$work/live.ndjson" >"$work/live.txt" 2>&1 &
live=$!
pids+=("$live")

export_file monday.ndjson 1 100000 1
kill_in_the_middle "$work/monday.ndjson"
snapshot "$work/monday.ndjson"

# On Tuesday 5,000 are gone, 5,000 are new, and of the rest every tenth is changed.
export_file tuesday.ndjson 5001 105000 2
kill_in_the_middle "$work/tuesday.ndjson"
snapshot "$work/tuesday.ndjson"
snapshot "$work/tuesday.ndjson"
grep -q '^sent 0 records, deleted 0 offers' "$work/out.txt" || die "the same file again was sent again"

# Half a file is no export.
head -50000 "$work/tuesday.ndjson" >"$work/half.ndjson"
if "$offerstorm" produce "${config[@]}" --snapshot --source export "$work/half.ndjson" >"$work/out.txt" 2>&1; then
    cat "$work/out.txt"
    die "half of the offers were withdrawn"
fi

wait "$live" || { cat "$work/live.txt"; die "the live stream failed"; }
"$offerstorm" verify "${config[@]}" --wait 180s >"$work/out.txt" 2>&1 || {
    cat "$work/out.txt"
    die "the stores differ"
}
cat "$work/out.txt"
live_offers=$(grep -oE '[0-9,]+ live offers' "$work/out.txt" | tr -d ', a-z')
[ "$live_offers" -gt 100000 ] || die "only $live_offers live offers: those of the stream are gone"
