#!/usr/bin/env bash
# The demo with the lake ends with three equal layers.
. "$(dirname "$0")/lib.sh.inc"

./offerstorm demo --lake --exit-when-done --data-dir "$work/data" >"$work/out.txt" 2>"$work/err.txt" || {
    tail -50 "$work/out.txt" "$work/err.txt"
    die "the demo failed"
}
nothing_left
grep -q 'The three layers agree in every cell' "$work/out.txt" || {
    tail -30 "$work/out.txt"
    die "the layers do not agree"
}
grep -A 12 'live *batch *merged' "$work/out.txt"
