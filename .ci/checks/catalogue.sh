#!/usr/bin/env bash
# The report of the bad-input catalogue, which the tests wrote: every row went through the whole topology.
. "$(dirname "$0")/lib.sh.inc"

report=topology/target/catalogue.txt
[ -f "$report" ] || die "no $report; run ./mvnw verify first"
rows=$(wc -l <"$report")
letters=$(grep -c 'dead letter: ' "$report")
[ "$rows" -ge 200 ] || die "$report has $rows rows only"
echo "$rows rows: $letters dead letters of $(grep -o 'dead letter: .*' "$report" | sort -u | wc -l) reasons, $((rows - letters)) accepted; see $report"
