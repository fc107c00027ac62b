#!/usr/bin/env bash
# A short run of faults against a real cluster, by a fixed plan: every store is exact afterwards. The command also refuses
# wrong arguments, notices a wrong counter, and leaves nothing behind.
. "$(dirname "$0")/lib.sh.inc"

dir=$work/chaos
end() {
    local pid
    for pid in "${pids[@]:-}"; do
        [ -n "$pid" ] && kill "$pid" 2>/dev/null && wait "$pid" 2>/dev/null || true
    done
    [ ! -d "$dir" ] || ./offerstorm cluster down --dir "$dir" >"$work/end.txt" 2>&1 || cat "$work/end.txt" >&2
    finish
}
trap end EXIT
expect() { # exit code, command...
    local wanted=$1 code=0
    shift
    "$@" >"$work/out.txt" 2>"$work/err.txt" || code=$?
    [ "$code" -eq "$wanted" ] || {
        cat "$work/out.txt" "$work/err.txt"
        [ ! -e "$dir/logs/chaos.log" ] || cat "$dir/logs/chaos.log"
        find "$dir/logs/workers" -name 'worker.log' -exec tail -n 30 {} + 2>/dev/null || true
        die "exit $code instead of $wanted: $*"
    }
}

# --- Help and mistakes --------------------------------------------------------------------------------------------------
expect 0 ./offerstorm chaos --list
grep -q '^redis-kill  *Redis gets SIGKILL' "$work/out.txt" || die "--list does not explain redis-kill"
grep -q '^worker-zombie  ' "$work/out.txt" || die "--list does not name worker-zombie"
expect 2 ./offerstorm chaos --faults worker-kil --dir "$dir"
grep -q 'did you mean worker-kill?' "$work/err.txt" || { cat "$work/err.txt"; die "no nearest name"; }
[ ! -e "$dir" ] || die "a wrong name made a cluster"
expect 2 ./offerstorm chaos --faults worker-kill,everything-kill,redis-pause --minutes 0.5 --dir "$dir"
grep -q -- '--minutes 0.5 leaves no time for ' "$work/err.txt" || { cat "$work/err.txt"; die "the message does not name the missing time"; }
[ ! -e "$dir" ] || die "a plan without time made a cluster"

# --- A plan --------------------------------------------------------------------------------------------------------
expect 0 ./offerstorm chaos --seed 7 --minutes 1.4 --rate 500 --dir "$dir" \
    --faults worker-kill,redis-kill,datanode-kill
sed 's/^/  /' "$work/out.txt"
[ "$(grep -c '  fresh$' "$work/out.txt")" -ge 3 ] || die "fewer than three rows"
grep -q '^verify: .* agree$' "$work/out.txt" || die "no verdict"
grep -q '^counts out of bounds  *0 in ' "$work/out.txt" || die "no watch of the counts"
grep -q '^lost by Kafka  *0 of ' "$work/out.txt" || die "the topic was not compared with what was confirmed"
[ ! -e "$dir" ] || die "the cluster's data still exist"
nothing_left

# --- Ctrl-C in the middle of a fault: healed, reported, taken down ------------------------------------------------------
# A shell without job control starts its background processes deaf to SIGINT.
env --default-signal=INT ./offerstorm chaos --seed 7 --minutes 5 --rate 500 --dir "$dir" --faults redis-pause \
    >"$work/cut.txt" 2>&1 &
chaos=$!
pids+=("$chaos")
for _ in $(seq 1 1200); do
    ! grep -q 'step 1: redis-pause' "$dir/logs/chaos.log" 2>/dev/null || break
    kill -0 "$chaos" 2>/dev/null || break
    sleep 0.5
done
sleep 1
kill -s INT "$chaos"
code=0
wait "$chaos" || code=$?
[ "$code" -eq 130 ] || { cat "$work/cut.txt"; die "an interrupted run: exit $code, not 130"; }
grep -q '^ *1 .* redis-pause .*  interrupted$' "$work/cut.txt" || { cat "$work/cut.txt"; die "no row of the fault that was cut short"; }
grep -q '^faults gone through  *0 of ' "$work/cut.txt" || { cat "$work/cut.txt"; die "no figures of an interrupted run"; }
[ ! -e "$dir" ] || die "the data of an interrupted run still exist"
nothing_left

# --- Nobody reads the output: it ends by itself -----------------------------------------------------------------------------
codes=$(
    set +e +o pipefail
    ./offerstorm chaos --seed 7 --minutes 5 --rate 500 --dir "$dir" --faults redis-pause 2>"$work/err.txt" | head -n 2 >"$work/head.txt"
    echo "${PIPESTATUS[0]}"
)
[ "$codes" -eq 141 ] || { cat "$work/head.txt" "$work/err.txt"; die "a closed pipe: exit $codes, not 141"; }
[ ! -e "$dir" ] || die "the data of a run that nobody read still exist"
nothing_left

# --- A counter that is changed by hand is found ----------------------------------------------------------------------
./offerstorm chaos --seed 7 --minutes 0.8 --rate 500 --dir "$dir" --faults supervisor-kill >"$work/second.txt" 2>&1 &
chaos=$!
pids+=("$chaos")
rows() { grep -c '  fresh$' "$work/second.txt" || true; }
for _ in $(seq 1 1200); do
    [ "$(rows)" -lt 1 ] || break
    kill -0 "$chaos" 2>/dev/null || break
    sleep 0.5
done
[ "$(rows)" -ge 1 ] || { cat "$work/second.txt"; die "the second run makes no progress"; }
port=$(sed -n 's/^redis=//p' "$dir/ports")
python3 - "$port" <<'EOF'
import socket, sys, time

def call(*words):
    for _ in range(60):  # a fault may just have it
        try:
            with socket.create_connection(("127.0.0.1", int(sys.argv[1])), 2) as s:
                s.sendall(b"*%d\r\n" % len(words) + b"".join(b"$%d\r\n%s\r\n" % (len(w), w) for w in words))
                answer = s.recv(65536)
                if not answer.startswith(b"-"):
                    return answer
        except OSError:
            pass
        time.sleep(0.5)
    sys.exit("no Redis")

print("  changed:", call(b"HINCRBY", b"{offerstorm}:counts", b"Sales|EU", b"1").decode().strip())
EOF
code=0
wait "$chaos" || code=$?
[ "$code" -eq 1 ] || { cat "$work/second.txt"; die "a changed counter: exit $code"; }
grep -q 'miscounted' "$work/second.txt" || { cat "$work/second.txt"; die "the changed counter is not named"; }
grep -q '^Kept, with all data and logs' "$work/second.txt" || die "the data of a run that found something are not kept"
[ -s "$dir/logs/chaos.log" ] || die "no log is kept"
nothing_left
echo "chaos: exact after faults, and a changed counter is found"
