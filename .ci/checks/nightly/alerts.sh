#!/usr/bin/env bash
# Each fault of a cluster with two workers fires its alerts of deploy/monitoring within two minutes, with the rules and
# times that are shipped, and they end after healing; before any fault none fires for some minutes. A full heap is one by
# its rule after ten minutes, and has twelve.
#
#   .ci/checks/nightly/alerts.sh [FAULT...]       all faults if none is named
#
# OFFERSTORM_RATE           offers a second (1000)
# OFFERSTORM_QUIET_SECONDS  time without a fault before the first (180)
. "$(dirname "$0")/../lib.sh.inc"

# Latency first: a hundredth of the records of five minutes has to be slow, and these are few yet. Emptied, Redis is filled
# from the topic's beginning, which has to be short; and it must be there, so records are deleted last.
all=(latency damage worker dashboard sink missing supervisors redis solr letters kafka gap heap)
[ $# -gt 0 ] || set -- "${all[@]}"
for fault in "$@"; do
    [[ " ${all[*]} " == *" $fault "* ]] || { echo "there is no fault $fault; the faults are ${all[*]}" >&2; exit 2; }
done

checks=$(cd "$(dirname "$0")/.." && pwd)
dir=$work/cluster
export OFFERSTORM_CONFIG=$dir/offerstorm.yaml
cluster() { local command=$1; shift; ./offerstorm cluster "$command" --dir "$dir" "$@"; }
end() {
    [ ! -d "$dir" ] || cluster down >"$work/end.txt" 2>&1 || cat "$work/end.txt" >&2
    finish
}
trap end EXIT
run() { "$@" >"$work/out.txt" 2>&1 || { cat "$work/out.txt"; die "failed: $*"; }; }
command -v prometheus >/dev/null && command -v promtool >/dev/null ||
    run apt-get install -y --no-install-recommends prometheus

run cluster up
run ./offerstorm setup
run ./offerstorm submit -c topology.workers=2 -c topology.spout-tasks=2 -c topology.sink-tasks=2
cp -r deploy/monitoring "$work/monitoring"
# A quarter of an hour is too long to wait for an end here; the windows of single events are shortened.
sed -i -E 's/15m\b/3m/g; s/time\(\) - 900/time() - 180/' "$work"/monitoring/{alerts,recording}.rules.yml
follow() {
    ./offerstorm status --targets "$work/monitoring/targets/cluster.json" --every 5s >"$work/targets.txt" 2>&1 &
    targets=$!
    pids+=("$targets")
}
follow
dashboard_port=$(free_port)
dashboard() { # options...
    ./offerstorm dashboard --port "$dashboard_port" "$@" >"$work/dashboard.txt" 2>&1 &
    dashboard=$!
    pids+=("$dashboard")
}
dashboard
echo "[{\"targets\": [\"127.0.0.1:$dashboard_port\"], \"labels\": {\"role\": \"dashboard\"}}]" \
    >"$work/monitoring/targets/dashboard.json"
load() {
    ./offerstorm generate --count 100000000 --rate "${OFFERSTORM_RATE:-1000}" --out topic >"$work/load.txt" 2>&1 &
    load=$!
    pids+=("$load")
}
load
port=$(free_port)
prometheus --config.file="$work/monitoring/prometheus.yml" --storage.tsdb.path="$work/tsdb" \
    --web.listen-address="127.0.0.1:$port" >"$work/prometheus.log" 2>&1 &
pids+=($!)

missed=()
late=()
ask() { python3 "$checks/monitoring.py.inc" "http://127.0.0.1:$port" "$@"; }
flow() { kill -0 "$load" 2>/dev/null || load; }
fault() { # what happens: from now on the two minutes count
    flow
    echo "--- $*"
    begin=$(date +%s)
}
calm() { # alerts...: of an earlier fault that are not over
    for alert in "$@"; do ask ends "$alert" 600 >/dev/null || missed+=("$alert of an earlier fault does not end"); done
}
fires() { # alerts...
    local left
    for alert in "$@"; do
        left=$((${within:-120} - ($(date +%s) - begin)))
        ask fires "$alert" $((left > 1 ? left : 1)) "$begin" || missed+=("$alert does not fire in time")
    done
}
healed() { begin=$(date +%s); }
ends() { for alert in "$@"; do ask ends "$alert" 420 "$begin" || missed+=("$alert does not end"); done; }
# Those whose window is minutes long are looked at after the last fault.
ends_late() { late+=("$@"); }

port_of() { sed -n "s/^$1=//p" "$dir/ports"; }
workers() { { cluster status 2>/dev/null || true; } | awk '/^worker-/ { print $1 }'; }
await_workers() {
    local waited
    for ((waited = 0; waited < 60; waited++)); do
        [ "$(workers | wc -l)" -ne 2 ] || return 0
        sleep 2
    done
    die "there are not two workers: $(workers)"
}
kafka() { # topic, limit BYTES | delete-records
    "${JAVA_HOME:+$JAVA_HOME/bin/}java" -cp "$(cat local/trials/target/offerstorm.classpath)" \
        "$checks/nightly/KafkaFaults.java" "127.0.0.1:$(port_of kafka-1)" "$@" >"$work/out.txt" 2>&1 ||
        { cat "$work/out.txt"; die "KafkaFaults $*"; }
}

latency() {
    local redis=$(awk '{ print $1 }' "$dir/run/redis") slow
    calm OfferstormLatencyHigh
    fault "Redis hangs for 15 s, again and again"
    while true; do kill -STOP "$redis"; sleep 15; kill -CONT "$redis"; sleep 1; done &
    slow=$!
    pids+=("$slow")
    fires OfferstormLatencyHigh
    kill "$slow"
    wait "$slow" 2>/dev/null || true
    kill -CONT "$redis"
    ends_late OfferstormLatencyHigh
}

damage() {
    calm OfferstormRewinds
    fault "Redis is emptied"
    (exec 3<>"/dev/tcp/127.0.0.1/$(port_of redis)" && printf 'FLUSHALL\r\n' >&3 && head -n 1 <&3) >"$work/out.txt" 2>&1
    grep -q OK "$work/out.txt" || { cat "$work/out.txt"; die "Redis was not emptied"; }
    fires OfferstormRewinds
    sleep 30
    ask has 'offerstorm:lag_records:sum < 5000' 600 >/dev/null || missed+=("Redis is not full again")
    ends_late OfferstormRewinds
}

worker() {
    local name=$(workers | head -n 1)
    calm OfferstormWorkerRestarted OfferstormReplays
    fault "a worker is killed, and what it had in flight is replayed"
    run cluster kill "$name"
    fires OfferstormWorkerRestarted
    for _ in 1 2; do
        ask fires OfferstormReplays 15 >/dev/null || cluster kill "$name" >/dev/null 2>&1 || true
    done
    fires OfferstormReplays
    ends_late OfferstormWorkerRestarted OfferstormReplays
    await_workers
}

dashboard_fault() {
    local receiver=$(free_port)
    fault "the dashboard is killed"
    kill -9 "$dashboard"
    wait "$dashboard" 2>/dev/null || true
    fires OfferstormDashboardAway
    fault "it is started again, and nobody listens at the address of its channel"
    dashboard -c 'triggers.rules.any=workers > 0' -c "triggers.channels.nobody=generic http://127.0.0.1:$receiver/"
    ends OfferstormDashboardAway
    fires OfferstormAlertsNotDelivered
    python3 - "$receiver" <<'PYTHON' &
import http.server, sys
class Receiver(http.server.BaseHTTPRequestHandler):
    def log_message(self, *words):
        pass
    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(204)
        self.end_headers()
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Receiver).serve_forever()
PYTHON
    pids+=($!)
    healed
    ends OfferstormAlertsNotDelivered
}

sink() {
    local limit
    calm OfferstormSinkHolds
    fault "the dead-letter topic takes no record"
    kafka offers.dlq limit 1
    limit=$(sed -n 's/^limit //p' "$work/out.txt")
    fires OfferstormSinkHolds
    kafka offers.dlq limit "$limit"
    healed
    ends OfferstormSinkHolds
}

# With a supervisor left, its free slot gets the worker within the minute.
missing() {
    local name=$(workers | head -n 1)
    calm OfferstormWorkersMissing
    fault "one of two workers is killed, and the supervisors"
    run cluster kill supervisor-1 supervisor-2 "$name"
    fires OfferstormWorkersMissing
    run cluster start supervisor-1 supervisor-2
    healed
    await_workers
    ends OfferstormWorkersMissing
}

supervisors() {
    local names
    mapfile -t names < <(workers)
    calm OfferstormNoWorker OfferstormWorkerSilent
    fault "supervisors and workers are killed, and nobody keeps the targets current"
    kill "$targets"
    run ./offerstorm status --targets "$work/monitoring/targets/cluster.json"
    run cluster kill supervisor-1 supervisor-2 "${names[@]}"
    fires OfferstormNoWorker OfferstormWorkerSilent
    run cluster start supervisor-1 supervisor-2
    follow
    healed
    ends OfferstormNoWorker OfferstormWorkerSilent
    await_workers
}

away() { # store
    calm OfferstormStoreAway OfferstormLagGrows OfferstormStale
    fault "$1 is away"
    run cluster stop "$1"
    fires OfferstormStoreAway OfferstormLagGrows OfferstormStale
    run cluster start "$1"
    healed
    ends OfferstormStoreAway OfferstormLagGrows OfferstormStale
}

letters() {
    calm OfferstormDeadLetters
    fault "a producer sends something else"
    run ./offerstorm generate --count 60000 --seed 7 --bad 90 --corrections 0 --deletes 0 --returns 0 --out topic
    fires OfferstormDeadLetters
    ends_late OfferstormDeadLetters
}

kafka_fault() {
    calm OfferstormSpoutHolds
    fault "Kafka is away"
    run cluster kill kafka
    fires OfferstormSpoutHolds
    run cluster start kafka
    healed
    ends OfferstormSpoutHolds
}

gap() {
    calm OfferstormLogGap
    flow
    run ./offerstorm deactivate
    sleep 10
    fault "records are deleted before they are read"
    kafka offers delete-records
    run ./offerstorm activate
    fires OfferstormLogGap
    ends_late OfferstormLogGap
}

heap() {
    local name=$(workers | head -n 1) pid
    pid=$(cluster status | awk -v name="$name" '$1 == name { print $2 }')
    mkdir -p "$work/heap"
    run "${JAVA_HOME:+$JAVA_HOME/bin/}javac" -d "$work/heap" "$checks/nightly/HeapFault.java"
    echo 'Agent-Class: HeapFault' >"$work/heap.mf"
    run "${JAVA_HOME:+$JAVA_HOME/bin/}jar" --create --file "$work/heap.jar" --manifest "$work/heap.mf" \
        -C "$work/heap" .
    calm OfferstormHeapFull
    fault "the heap of $name is full"
    touch "$work/heap.full"
    run "${JAVA_HOME:+$JAVA_HOME/bin/}java" -cp "$work/heap.jar" HeapFault "$pid" "$work/heap.jar" "$work/heap.full"
    within=720 fires OfferstormHeapFull
    rm "$work/heap.full"
    healed
    ends OfferstormHeapFull
    [ "$(cluster status | awk -v name="$name" '$1 == name { print $2 }')" = "$pid" ] || missed+=("$name ended")
}

quiet=${OFFERSTORM_QUIET_SECONDS:-180}
sleep "$quiet"
ask quiet "$quiet" || missed+=("an alert without a fault")
for fault in "$@"; do
    case $fault in
        redis | solr) away "$fault" ;;
        dashboard | kafka) "${fault}_fault" ;;
        *) "$fault" ;;
    esac
done
echo "--- after all faults"
healed
ends "${late[@]}"
[ "${#missed[@]}" -eq 0 ] || die "$(printf '%s\n' "${missed[@]}")"
