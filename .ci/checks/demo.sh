#!/usr/bin/env bash
# The demo with the samples, twice on the same directory, shows three equal tables and leaves nothing behind.
. "$(dirname "$0")/lib.sh.inc"

for run in first second; do
    ./offerstorm demo --exit-when-done --data-dir "$work/data" >"$work/$run.txt" 2>"$work/$run.err" || {
        tail -50 "$work/$run.txt" "$work/$run.err"
        die "the $run run failed"
    }
    nothing_left
done
# Both runs end with the expected live offers of the samples.
live=$(awk -F, 'NR > 1 { n += $NF } END { print n }' test-data/expected-counts.csv)
for run in first second; do
    grep -q "$(printf '%d,%03d' $((live / 1000)) $((live % 1000))) offers\.$" "$work/$run.txt" || {
        tail -30 "$work/$run.txt"
        die "the $run run does not end with $live offers"
    }
done
tail -5 "$work/second.txt"
