#!/usr/bin/env bash
# A real cluster on this machine, and the life of a topology on it: by the launcher and by what 'storm jar' runs, a
# worker killed under load, two workers with 200,000 offers, drained to the end.
. "$(dirname "$0")/lib.sh.inc"

offerstorm=./offerstorm
cluster=$work/cluster
cleanup() {
    "$offerstorm" cluster down --dir "$cluster" >"$work/down.txt" 2>&1 || true
    finish
}
trap cleanup EXIT

say() { printf '  %s\n' "$*"; }
expect() { # exit code, command...
    local wanted=$1 code=0
    shift
    "$@" >"$work/out.txt" 2>&1 || code=$?
    [ "$code" -eq "$wanted" ] || {
        cat "$work/out.txt"
        die "exit $code instead of $wanted: $*"
    }
}
figures() { # name: its numbers in the status, one to a line; the last "behind" is that of all partitions
    "$offerstorm" status --format json | sed -n "s/.*\"$1\" : \([0-9][0-9]*\).*/\1/p"
}
offers_in() { figures offers_in; }
worker() { figures pid | head -n 1; }
topology() { expect "$1" "$offerstorm" "${@:2}"; }

expect 0 "$offerstorm" cluster up --dir "$cluster"
export OFFERSTORM_CONFIG=$cluster/offerstorm.yaml
[ -f "$OFFERSTORM_CONFIG" ] || die "cluster up wrote no $OFFERSTORM_CONFIG"

# --- What must be refused, each with its reason ------------------------------------------------------------------
topology 3 submit # no topic yet
grep -qi 'topic' "$work/out.txt" || die "the missing topic is not named"
topology 0 setup
topology 3 submit -c topology.nimbus=127.0.0.1:1
grep -q 'no Nimbus at 127.0.0.1:1' "$work/out.txt"
topology 3 submit -c topology.workers=5 -c topology.parse-tasks=3
grep -q 'slots' "$work/out.txt"
topology 2 submit -c topology.spout-tasks=99
topology 1 status nobody

# --- The chain of the README ---------------------------------------------------------------------------------------
topology 0 submit
grep -q ACTIVE "$work/out.txt" || die "submit does not say ACTIVE"
topology 2 submit
grep -q 'is there already' "$work/out.txt"
topology 2 submit -c topology.name=second
grep -q 'reads in the same consumer group' "$work/out.txt" || die "a second reader of the group is not refused"
expect 0 "$offerstorm" produce test-data/offers.ndjson
expect 0 "$offerstorm" verify --wait 300s
[ "$(offers_in)" -eq 2000 ] || die "status counts $(offers_in) offers in"
[ "$(figures behind | tail -n 1)" -eq 0 ] || die "status shows a lag after verify"
say "chain: 2,000 offers, verify clean"

# --- A worker killed under load ----------------------------------------------------------------------------------
"$offerstorm" generate --count 60000 --seed 7 --out "$work/load.ndjson" 2>/dev/null
before=$(worker)
kill -0 "$before" || die "the worker is not a process of this machine: $before"
"$offerstorm" produce "$work/load.ndjson" >"$work/produce.txt" 2>&1 &
producer=$!
pids+=("$producer")
for _ in $(seq 1 240); do
    [ "$(offers_in)" -gt 7000 ] && break
    sleep 0.5
done
kill -9 "$before"
wait "$producer" || die "produce failed: $(cat "$work/produce.txt")"
expect 0 "$offerstorm" verify --wait 300s
after=$(worker)
[ "$after" != "$before" ] || die "the same worker $after after kill -9"
say "worker $before killed under load, $after continues, verify clean"

# --- Drained to the end ------------------------------------------------------------------------------------------
topology 0 kill --drain offerstorm
grep -q 'drained' "$work/out.txt" && grep -q 'ended' "$work/out.txt" || die "$(cat "$work/out.txt")"
for _ in $(seq 1 120); do # its last hooks may still run
    kill -0 "$after" 2>/dev/null || break
    sleep 0.5
done
kill -0 "$after" 2>/dev/null && die "worker $after still runs after kill --drain"
expect 0 "$offerstorm" verify --wait 300s
say "drained and ended"

# --- Two workers, 200,000 offers ----------------------------------------------------------------------------------
topology 0 submit -c topology.workers=2 -c topology.spout-tasks=2 -c topology.sink-tasks=2
[ "$(figures pid | wc -l)" -eq 2 ] || die "not two workers"
"$offerstorm" generate --count 200000 --seed 11 --out "$work/many.ndjson" 2>/dev/null
expect 0 "$offerstorm" produce "$work/many.ndjson"
expect 0 "$offerstorm" verify --wait 300s
topology 0 rebalance --workers 1
expect 0 "$offerstorm" produce test-data/offers.ndjson
expect 0 "$offerstorm" verify --wait 300s
topology 0 kill --drain
say "two workers: 200,000 offers, verify clean; one worker after rebalance, too"

expect 0 "$offerstorm" cluster down --dir "$cluster"
nothing_left
