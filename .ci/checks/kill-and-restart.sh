#!/usr/bin/env bash
# kill -9 of the demo in the middle of a load, then the demo again: three equal tables, equal to the input's, and every
# (partition, offset) once in the HDFS files (the demo checks that itself at its end).
. "$(dirname "$0")/lib.sh.inc"

./offerstorm generate --count 60000 --seed 5 --out "$work/offers.ndjson" 2>/dev/null

# The launcher execs java, so this is the demo's own pid.
./offerstorm demo --offers "$work/offers.ndjson" --data-dir "$work/data" >"$work/first.txt" 2>&1 &
victim=$!
pids+=("$victim")
# In the middle of the load: something is counted, and not everything.
for _ in $(seq 1 1200); do
    if grep -qE 'offers live' "$work/first.txt"; then break; fi
    kill -0 "$victim" 2>/dev/null || { cat "$work/first.txt"; die "the demo ended by itself"; }
    sleep 0.25
done
kill -9 "$victim"
wait "$victim" 2>/dev/null || true
grep 'offers live' "$work/first.txt" | tail -1
pgrep -f "redis-server.*127.0.0.1" >/dev/null || die "Redis should have outlived its demo: the check checks nothing"

run() { # name of the run, data directory
    ./offerstorm demo --offers "$work/offers.ndjson" --data-dir "$work/$2" --exit-when-done >"$work/$1.txt" 2>&1 || {
        tail -60 "$work/$1.txt"
        die "the $1 run failed, or its tables differ"
    }
    nothing_left
    # The tables that the run ends with.
    sed -n '/^Redis/,$p' "$work/$1.txt" | grep -E '^(AF|AN|AS|EU|NA|OC|SA|UNKNOWN|Total) ' >"$work/$1.table"
    [ -s "$work/$1.table" ] || die "the $1 run shows no table"
}
run second data
run calm calm # never disturbed
diff "$work/calm.table" "$work/second.table" || die "after kill -9 the table differs from an undisturbed run's"
grep 'agree in every cell' "$work/second.txt"
