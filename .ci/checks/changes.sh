#!/usr/bin/env bash
# The program in Python of docs/plug-in.md that follows the topic of changes: its test is skipped where confluent-kafka is
# missing, so it is installed here.
. "$(dirname "$0")/lib.sh.inc"

has() { /usr/bin/python3 -c 'import confluent_kafka' 2>/dev/null || python3 -c 'import confluent_kafka' 2>/dev/null; }
has || {
    apt-get install -y --no-install-recommends python3-confluent-kafka >"$work/apt.log" 2>&1 ||
        { apt-get update && apt-get install -y --no-install-recommends python3-confluent-kafka; } >"$work/apt.log" 2>&1 ||
        true
}
has || {
    tail -5 "$work/apt.log"
    die "confluent-kafka is missing and cannot be installed (apt-get install python3-confluent-kafka)"
}
./mvnw -B --no-transfer-progress -pl local/trials -am test -Dtest='ChangesPageTest#the_python*' \
    -Dsurefire.failIfNoSpecifiedTests=false >"$work/test.log" 2>&1 || {
    grep -E 'Tests run|ERROR' "$work/test.log" | head -40
    die "a program that follows the topic of changes fails"
}
grep 'Tests run' "$work/test.log" | tail -1 | tee "$work/summary.txt"
grep -q 'Skipped: 0' "$work/summary.txt" || die "a program was not run"
