#!/usr/bin/env bash
# The test of signals: in a process that gets all of them none is skipped. Under nohup and behind '&', where SIGHUP and
# SIGINT are ignored, theirs are skipped with the reason, and the rest passes.
. "$(dirname "$0")/lib.sh.inc"

report=tools/target/surefire-reports/TEST-org.offerstorm.tools.terminal.SignalsTest.xml
expect() { # passed, skipped, command in front of Maven...
    local passed=$1 skipped=$2 code=0
    shift 2
    rm -f "$report"
    "$@" ./mvnw -B --no-transfer-progress -pl tools -am test -Dtest=SignalsTest \
        -Dsurefire.failIfNoSpecifiedTests=false >"$work/out.txt" 2>&1 </dev/null || code=$?
    [ "$code" -eq 0 ] || { grep -E 'Tests run|ERROR' "$work/out.txt" | head -40; die "exit $code of: $* ./mvnw"; }
    [ "$(grep -c '<testcase ' "$report")" -eq $((passed + skipped)) ] &&
        [ "$(grep -c '<skipped .*Assumption failed: SIG[A-Z]* is ignored in this process' "$report")" -eq "$skipped" ] &&
        ! grep -qE '<(failure|error)' "$report" ||
        { sed -n '/<testcase/,$p' "$report"; die "not $passed passed and $skipped skipped with the reason: $*"; }
    echo "$*: $passed passed, $skipped skipped"
}

# The whole test runs last, because its report is the one that stays.
expect 1 2 nohup env --ignore-signal=INT
expect 3 0 env --default-signal=HUP,INT
