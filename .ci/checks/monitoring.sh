#!/usr/bin/env bash
# deploy/monitoring with Debian's Prometheus: rules and configuration are valid, and the rules' unit tests pass. Over a
# demo, promtool accepts the metrics; every query of the Grafana dashboard has an answer, every alert can be evaluated and
# none fires at rest; a Redis that hangs fires one, and it ends with the outage.
. "$(dirname "$0")/lib.sh.inc"
checks=$(cd "$(dirname "$0")" && pwd)

# Debian's package, unpacked: neither root nor a running service is needed.
install_prometheus() {
    local apt=(-o "Dir::State::lists=$work/apt/lists" -o "Dir::Cache=$work/apt/cache" -o Debug::NoLocking=1
        -o APT::Sandbox::User=root)
    mkdir -p "$work/apt/lists/partial" "$work/apt/cache/archives/partial"
    (cd "$work/apt" &&
        { apt-get download prometheus || { apt-get "${apt[@]}" update && apt-get "${apt[@]}" download prometheus; }; } &&
        dpkg -x prometheus_*.deb "$work/prometheus") >"$work/apt.log" 2>&1 ||
        { tail -n 5 "$work/apt.log"; die "prometheus is missing and cannot be unpacked (apt-get download prometheus)"; }
    PATH=$work/prometheus/usr/bin:$PATH
}
command -v prometheus >/dev/null && command -v promtool >/dev/null || install_prometheus

# --- Files ------------------------------------------------------------------------------------------------------------
tool() { promtool "$@" >"$work/promtool.txt" 2>&1 || { cat "$work/promtool.txt"; die "promtool $*"; }; }
rules=deploy/monitoring
(cd "$rules" && tool check rules recording.rules.yml alerts.rules.yml && tool check config prometheus.yml &&
    tool test rules rules.test.yml)
echo "rules, configuration and the rules' tests are valid"

# --- A demo that is scraped -------------------------------------------------------------------------------------------
# What scrapes and decides here is what is shipped, only quicker.
cp -r "$rules" "$work/monitoring"
sed -i -E 's/^( *(scrape_interval|evaluation_interval|refresh_interval):).*/\1 1s/' "$work/monitoring/prometheus.yml"
sed -i -E 's/^( *for:).*/\1 5s/' "$work/monitoring/alerts.rules.yml"

redis=$(free_port)
./offerstorm demo --data-dir "$work/data" --redis-port "$redis" >"$work/demo.txt" 2>"$work/demo.err" &
demo=$!
pids+=("$demo")
address() { sed -n "s|^ *$1  *http://\([0-9.:]*\).*|\1|p" "$work/demo.txt" | head -1; }
for _ in $(seq 1200); do
    ! grep -q '^Produced' "$work/demo.txt" || [ -z "$(address Dashboard)" ] || break
    kill -0 "$demo" 2>/dev/null || break
    sleep 0.5
done
worker=$(address Figures)
dashboard=$(address Dashboard)
[ -n "$worker" ] && [ -n "$dashboard" ] || { tail -n 30 "$work/demo.txt" "$work/demo.err"; die "the demo did not come up"; }
for address in "$worker" "$dashboard"; do
    curl -sSf "http://$address/metrics" | promtool check metrics >"$work/promtool.txt" 2>&1 ||
        { cat "$work/promtool.txt"; die "http://$address/metrics is not valid"; }
done

cat >"$work/monitoring/targets/demo.json" <<JSON
[{"targets": ["$worker"], "labels": {"role": "worker", "topology": "demo"}},
 {"targets": ["$dashboard"], "labels": {"role": "dashboard"}}]
JSON
port=$(free_port)
prometheus --config.file="$work/monitoring/prometheus.yml" --storage.tsdb.path="$work/tsdb" \
    --web.listen-address="127.0.0.1:$port" >"$work/prometheus.log" 2>&1 &
pids+=($!)

# Offers, so that rates and latencies are of something.
./offerstorm generate --count 1000000 --rate 300 --out topic \
    -c "source.bootstrap-servers=$(sed -n 's/^Kafka  *\([0-9.:]*\).*/\1/p' "$work/demo.txt")" >"$work/load.txt" 2>&1 &
pids+=($!)

ask() { python3 "$checks/monitoring.py.inc" "http://127.0.0.1:$port" "$@"; }
ask queries deploy/monitoring/grafana/offerstorm.json offerstorm 40 || { tail -n 3 "$work/load.txt"; die "queries of the Grafana dashboard"; }
ask quiet || die "alerts at rest"

pid=$(pgrep -f "redis-server.*:$redis" | head -1)
[ -n "$pid" ] || die "the demo's Redis is not found"
kill -STOP "$pid"
ask fires OfferstormStoreAway 60 || { kill -CONT "$pid"; die "a Redis that hangs fires no alert"; }
kill -CONT "$pid"
ask ends OfferstormStoreAway 60 || die "the alert outlives the outage"
