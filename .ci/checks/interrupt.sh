#!/usr/bin/env bash
# A demo that is interrupted while its servers start, or runs, ends soon with the signal's exit code and leaves nothing.
. "$(dirname "$0")/lib.sh.inc"

interrupted() { # signal, exit code, seconds after the start, directory
    local signal=$1 expected=$2 seconds=$3 data=$work/$4 code=0 demo start
    # A shell without job control starts its background processes deaf to SIGINT.
    env --default-signal=INT ./offerstorm demo --data-dir "$data" >"$work/$4.txt" 2>&1 &
    demo=$!
    pids+=("$demo")
    sleep "$seconds"
    start=$(date +%s)
    kill -s "$signal" "$demo"
    wait "$demo" || code=$?
    [ "$code" -eq "$expected" ] || { cat "$work/$4.txt"; die "SIG$signal after $seconds s: exit $code, not $expected"; }
    [ $(($(date +%s) - start)) -le 20 ] || die "SIG$signal after $seconds s: it took $(($(date +%s) - start)) s to end"
    [ ! -e "$data/pid" ] || die "SIG$signal after $seconds s: the lock's pid file is left"
    nothing_left
    echo "SIG$signal after $seconds s: exit $code"
}

./offerstorm --version >/dev/null
interrupted TERM 143 1.5 'one'
interrupted INT 130 3 'two words'
interrupted TERM 143 5 'two words'
interrupted INT 130 7 'one'
# The directory is valid after all that.
./offerstorm demo --exit-when-done --data-dir "$work/one" >"$work/last.txt" 2>&1 || { tail -20 "$work/last.txt"; die 'the last run failed'; }
tail -2 "$work/last.txt"
nothing_left
# In a directory with a blank HDFS works through a link below /tmp, which must go too.
left=$(find /tmp -maxdepth 2 -path '/tmp/offerstorm-*/hdfs' -lname "$work/*" 2>/dev/null || true)
[ -z "$left" ] || die "links are left: $left"
