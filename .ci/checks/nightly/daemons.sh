#!/usr/bin/env bash
# Storm's own daemons are killed one after the other while offers come: the topology keeps running or comes back by itself, and
# nothing is lost or doubled. Then each store is changed by hand, and 'verify' names it. 'doctor' and 'submit' name
# a Redis that is unavailable.
. "$(dirname "$0")/../lib.sh.inc"

dir=$work/cluster
export OFFERSTORM_CONFIG=$dir/offerstorm.yaml
cluster() { local command=$1; shift; ./offerstorm cluster "$command" --dir "$dir" "$@"; }
end() {
    [ ! -d "$dir" ] || cluster down >"$work/end.txt" 2>&1 || cat "$work/end.txt" >&2
    finish
}
trap end EXIT
run() { # command...: must succeed
    "$@" >"$work/out.txt" 2>&1 || { cat "$work/out.txt"; die "exit $? of: $*"; }
}
refused() { # exit code, what the output must say, command...
    local wanted=$1 says=$2 code=0
    shift 2
    "$@" >"$work/out.txt" 2>&1 || code=$?
    [ "$code" -eq "$wanted" ] && grep -q "$says" "$work/out.txt" ||
        { cat "$work/out.txt"; die "exit $code, not $wanted with '$says': $*"; }
}
port() { sed -n "s/^$1=//p" "$dir/ports"; }
workers() { { pgrep -f -- "-Dstorm.home=$dir/storm .*org.apache.storm.daemon.worker.Worker" || true; } | sort | tr '\n' ' '; }
await_workers() { # prints their pids; Storm may be starting one again
    local waited
    for ((waited = 0; waited < 120; waited++)); do
        if workers | grep .; then return; fi
        sleep 1
    done
    die "no worker runs, and Storm starts none"
}
seed=100
produce() { # offers of the next seed: other corrections and deletions of the same ids
    seed=$((seed + 1))
    ./offerstorm generate --count 3000 --seed "$seed" --out "$work/more.ndjson" 2>/dev/null
    run ./offerstorm produce "$work/more.ndjson"
}

run cluster up
run ./offerstorm setup
run ./offerstorm submit
produce
run ./offerstorm verify --wait 120s

for daemon in nimbus supervisor-1 supervisor-2 zookeeper; do
    before=$(await_workers)
    cluster kill "$daemon" >/dev/null
    produce # while it is away
    run cluster start "$daemon"
    produce
    run ./offerstorm verify --wait 240s
    echo "  $daemon killed and started again under load: verify clean (workers before: $before, after: $(workers))"
done

# The worker and the supervisor that would bring it back.
cluster kill supervisor-1 supervisor-2 worker >/dev/null
produce
run cluster start supervisor-1 supervisor-2
run ./offerstorm verify --wait 240s
echo "  worker and supervisors killed at once: verify clean"

# --- Changed by hand -----------------------------------------------------------------------------------------------
redis() { # a command in Redis' own protocol
    python3 - "$(port redis)" "$@" <<'EOF'
import socket, sys
words = [w.encode() for w in sys.argv[2:]]
with socket.create_connection(("127.0.0.1", int(sys.argv[1]))) as s:
    s.sendall(b"*%d\r\n" % len(words) + b"".join(b"$%d\r\n%s\r\n" % (len(w), w) for w in words))
    answer = s.recv(65536)
    sys.exit(answer.startswith(b"-"))
EOF
}
redis HINCRBY '{offerstorm}:counts' '(none)|EU' 1
refused 1 '^redis: 1 miscounted' ./offerstorm verify
redis HINCRBY '{offerstorm}:counts' '(none)|EU' -1
run ./offerstorm verify

solr=http://127.0.0.1:$(port solr)/solr/offers
id=$(curl -sf "$solr/select?q=*:*&fl=id&rows=1&wt=csv&csv.header=false")
curl -sf "$solr/update?commit=true" -H 'Content-Type: application/json' -d "{\"delete\":{\"query\":\"{!term f=id}$id\"}}" >/dev/null
refused 1 '^solr: 1 lost' ./offerstorm verify
grep -q "\"$id\"" "$work/out.txt" || die "the lost offer $id is not named"
echo "  a counter and a document changed: named"

# A file of HDFS is removed and put back.
run ./offerstorm kill --drain
files=http://127.0.0.1:$(port namenode-http)/webhdfs/v1
day=$(curl -sf "$files/offerstorm/offers?op=LISTSTATUS" | grep -o 'dt=[0-9-]*' | head -n 1)
file=$(curl -sf "$files/offerstorm/offers/$day?op=LISTSTATUS" | grep -o '[^"]*\.avro' | head -n 1)
curl -sf -X PUT "$files/offerstorm/offers/$day/$file?op=RENAME&destination=/away.avro&user.name=$(id -un)" >/dev/null
refused 1 '^hdfs: [0-9,]* lost' ./offerstorm verify
curl -sf -X PUT "$files/away.avro?op=RENAME&destination=/offerstorm/offers/$day/$file&user.name=$(id -un)" >/dev/null
./offerstorm verify >"$work/out.txt" 2>&1 || true
grep -q '^hdfs: ' "$work/out.txt" && { cat "$work/out.txt"; die "the file is back, and verify still misses it"; }
echo "  a file taken away: named; put back: valid again"

# --- An unavailable store ------------------------------------------------------------------------------------------
cluster stop redis >/dev/null
refused 3 'FAIL *redis ' ./offerstorm doctor
refused 3 'Redis' ./offerstorm submit
grep -q 'fix\|start' "$work/out.txt" || { cat "$work/out.txt"; die "submit does not say what to do"; }
run cluster down
nothing_left
