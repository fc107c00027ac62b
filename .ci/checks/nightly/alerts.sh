#!/usr/bin/env bash
# Each fault of a cluster fires its alerts of deploy/monitoring within two minutes, with the rules and times that are
# shipped, and they end after healing; before any fault none fires for some minutes at 1,000 offers a second.
. "$(dirname "$0")/../lib.sh.inc"

checks=$(cd "$(dirname "$0")/.." && pwd)
dir=$work/cluster
export OFFERSTORM_CONFIG=$dir/offerstorm.yaml
cluster() { local command=$1; shift; ./offerstorm cluster "$command" --dir "$dir" "$@"; }
end() {
    [ ! -d "$dir" ] || cluster down >"$work/end.txt" 2>&1 || cat "$work/end.txt" >&2
    finish
}
trap end EXIT
run() { "$@" >"$work/out.txt" 2>&1 || { cat "$work/out.txt"; die "exit $? of: $*"; }; }
command -v prometheus >/dev/null && command -v promtool >/dev/null ||
    run apt-get install -y --no-install-recommends prometheus

run cluster up
run ./offerstorm setup
run ./offerstorm submit
cp -r deploy/monitoring "$work/monitoring"
# A quarter of an hour is too long to wait for an end here; the windows of single events are shortened.
sed -i -E 's/\[15m\]/[3m]/' "$work/monitoring/alerts.rules.yml"
follow() {
    ./offerstorm status --targets "$work/monitoring/targets/cluster.json" --every 5s >"$work/targets.txt" 2>&1 &
    targets=$!
    pids+=("$targets")
}
follow
port=$(free_port)
prometheus --config.file="$work/monitoring/prometheus.yml" --storage.tsdb.path="$work/tsdb" \
    --web.listen-address="127.0.0.1:$port" >"$work/prometheus.log" 2>&1 &
pids+=($!)
missed=()
ask() { python3 "$checks/monitoring.py.inc" "http://127.0.0.1:$port" "$@"; }

./offerstorm generate --count 100000000 --rate 1000 --out topic >"$work/load.txt" 2>&1 &
pids+=($!)

quiet=${OFFERSTORM_QUIET_SECONDS:-180}
sleep "$quiet"
ask quiet "$quiet" || missed+=("an alert without a fault")

fires() { for alert in "$@"; do ask fires "$alert" 120 || missed+=("$alert does not fire within two minutes"); done; }
ends() { for alert in "$@"; do ask ends "$alert" 420 || missed+=("$alert does not end"); done; }

echo "--- a worker is killed"
run cluster kill worker
fires OfferstormWorkerRestarted
ends OfferstormWorkerRestarted

for store in redis solr; do
    echo "--- $store is away"
    run cluster stop "$store"
    fires OfferstormStoreAway OfferstormLagGrows OfferstormStale
    run cluster start "$store"
    ends OfferstormStoreAway OfferstormLagGrows OfferstormStale
done

echo "--- supervisors and worker are killed, and nobody keeps the targets current"
kill "$targets"
run ./offerstorm status --targets "$work/monitoring/targets/cluster.json"
run cluster kill supervisor-1 supervisor-2 worker
fires OfferstormNoWorker OfferstormWorkerSilent
run cluster start supervisor-1 supervisor-2
follow
ends OfferstormNoWorker OfferstormWorkerSilent

echo "--- Kafka is away"
run cluster kill kafka
fires OfferstormSpoutHolds
run cluster start kafka
ends OfferstormSpoutHolds

echo "--- a producer sends something else"
run ./offerstorm generate --count 60000 --seed 7 --bad 90 --corrections 0 --deletes 0 --returns 0 --out topic
fires OfferstormDeadLetters
ends OfferstormDeadLetters

[ "${#missed[@]}" -eq 0 ] || die "${missed[@]}"
