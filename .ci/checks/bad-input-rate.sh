#!/usr/bin/env bash
# Input of which everything is bad moves at 80 % of the pace of good input, or more: the topology without its stores.
. "$(dirname "$0")/lib.sh.inc"

./mvnw -q -B --no-transfer-progress -pl topology -am process-test-classes -Pbad-input-rate >"$work/out.txt" 2>&1 || {
    grep -vE '^\s+at ' "$work/out.txt" | head -60
    die "bad input is slower than that"
}
grep -F '% of the rate' "$work/out.txt"
