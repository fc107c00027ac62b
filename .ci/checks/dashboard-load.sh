#!/usr/bin/env bash
# 200 viewers and 20 that never read, at 10,000 offers a second: at most 10 updates a second, under 200 MB, the others dropped.
. "$(dirname "$0")/lib.sh.inc"

./offerstorm dashboard-load --seconds 30 >"$work/load.txt" 2>"$work/load.err" || {
    cat "$work/load.txt" "$work/load.err"
    die "the dashboard is beyond its bounds"
}
cat "$work/load.txt"
grep -q 'viewers that read            200, 200 of them to the end' "$work/load.txt" || die "viewers were lost"
grep -q '20, 20 of them dropped' "$work/load.txt" || die "slow viewers were not dropped"
