#!/usr/bin/env bash
# kill -9 of the demo in the middle of a load, then the demo again: three equal tables, equal to the input's, and every
# (partition, offset) once in the HDFS files (the demo checks that itself at its end).
. "$(dirname "$0")/lib.sh.inc"

./offerstorm generate --count 60000 --seed 5 --out "$work/offers.ndjson" 2>/dev/null

# The launcher execs java, so this is the demo's own pid.
./offerstorm demo --offers "$work/offers.ndjson" --data-dir "$work/data" >"$work/first.txt" 2>&1 &
victim=$!
pids+=("$victim")
for _ in $(seq 1 180); do
    # In the middle: something is counted, and not everything.
    if grep -qE 'TOTAL|Total|total' "$work/first.txt"; then break; fi
    kill -0 "$victim" 2>/dev/null || { cat "$work/first.txt"; die "the demo ended by itself"; }
    sleep 0.5
done
kill -9 "$victim"
wait "$victim" 2>/dev/null || true
pgrep -f "$work/data" >/dev/null || echo "note: Redis had not been started yet, or ended"

./offerstorm demo --offers "$work/offers.ndjson" --data-dir "$work/data" --exit-when-done \
    >"$work/second.txt" 2>&1 || { tail -60 "$work/second.txt"; die "after kill -9 the tables differ, or the run failed"; }
nothing_left

# A run that was never disturbed gives the same table.
./offerstorm demo --offers "$work/offers.ndjson" --data-dir "$work/calm" --exit-when-done \
    >"$work/calm.txt" 2>&1 || { tail -60 "$work/calm.txt"; die "the undisturbed run failed"; }
nothing_left
echo "to be compared by the table"
