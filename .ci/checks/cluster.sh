#!/usr/bin/env bash
# A real cluster, each server a process: the steps of the README from 'cluster up' to 'verify', with servers and a worker
# killed on the way. Nothing is left after 'cluster down', even if a command was killed or a port is taken.
. "$(dirname "$0")/lib.sh.inc"

dir=$work/cluster
cluster() { local command=$1; shift; ./offerstorm cluster "$command" --dir "$dir" "$@"; }
end() {
    # First end commands that are still running, because they hold the cluster's lock.
    local pid
    for pid in "${pids[@]:-}"; do
        [ -n "$pid" ] && kill "$pid" 2>/dev/null && wait "$pid" 2>/dev/null || true
    done
    [ ! -d "$dir" ] || cluster down >"$work/end.txt" 2>&1 || cat "$work/end.txt" >&2
    finish
}
trap end EXIT
pid() { awk '{ print $1 }' "$dir/run/$1"; }
port() { sed -n "s/^$1=//p" "$dir/ports"; }
# Succeeds within some seconds.
soon() {
    local i
    for i in $(seq 1 120); do
        if "$@" >"$work/soon.txt" 2>&1; then return 0; fi
        sleep 0.5
    done
    cat "$work/soon.txt" >&2
    die "not within 60 s: $*"
}
worker_pid() { cluster status | awk '/^worker-/ { print $2; found = 1; exit } END { exit !found }'; }

# A directory with other files is left alone.
mkdir "$work/other"
echo mine >"$work/other/file"
code=0
./offerstorm cluster up --dir "$work/other" >"$work/out.txt" 2>&1 || code=$?
[ "$code" -eq 2 ] && grep -q 'holds other files' "$work/out.txt" || { cat "$work/out.txt"; die "a foreign directory: exit $code"; }

# Killed on its way up: 'down' ends what it started. (The launcher execs java, so this is the command's own pid.)
./offerstorm cluster up --dir "$dir" >"$work/first.txt" 2>&1 &
up=$!
pids+=("$up")
soon test -s "$dir/run/nimbus"
kill -9 "$up"
wait "$up" 2>/dev/null || true
cluster down >"$work/out.txt" 2>&1 || { cat "$work/out.txt"; die "'down' after a killed 'up' failed"; }
nothing_left

# If another process has a port, the message names it, and the servers that were started are stopped.
python3 - "$(port redis)" "$work/squats" <<'EOF' &
import socket, sys, time
s = socket.socket(); s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
s.bind(("127.0.0.1", int(sys.argv[1]))); s.listen(); open(sys.argv[2], "w").close(); time.sleep(120)
EOF
squatter=$!
pids+=("$squatter")
soon test -e "$work/squats"
code=0
cluster up >"$work/out.txt" 2>&1 || code=$?
[ "$code" -eq 3 ] && grep -q "port $(port redis), where redis has to listen, is taken by process $squatter" "$work/out.txt" ||
    { cat "$work/out.txt"; die "a taken port: exit $code"; }
kill "$squatter"
wait "$squatter" 2>/dev/null || true
nothing_left

# Workers log JSON in this cluster, and who changed what is in a file.
export OFFERSTORM_AUDIT_LOG=$work/audit.json
OFFERSTORM_LOG_FORMAT=ecs cluster up --with postgres >"$work/up.txt" 2>&1 || { cat "$work/up.txt"; die "'up' failed"; }
[ "$(grep -c ' up after ' "$work/up.txt")" -eq 10 ] || { cat "$work/up.txt"; die "not ten servers"; }
grep -q 'Reachable from other machines' "$work/up.txt" || die "'up' does not list the open ports"
# A supervisor of the 'up' before, which ended without a word to ZooKeeper, takes this one's name with it when its session ends.
soon cluster status
nimbus=$(pid nimbus)
cluster up >"$work/out.txt" 2>&1 || { cat "$work/out.txt"; die "a second 'up' failed"; }
grep -q 'All servers were running' "$work/out.txt" || { cat "$work/out.txt"; die "a second 'up' starts something"; }
[ "$(pid nimbus)" = "$nimbus" ] || die "a second 'up' restarted Nimbus"

export OFFERSTORM_CONFIG=$dir/offerstorm.yaml
sinks="sinks=hdfs,solr,redis,postgres"
./offerstorm setup -c "$sinks" >"$work/setup.txt" 2>&1 || { cat "$work/setup.txt"; die "'setup' failed"; }
./offerstorm submit -c "$sinks" >"$work/submit.txt" 2>&1 || { cat "$work/submit.txt"; die "'submit' failed"; }
./offerstorm produce test-data/offers.ndjson >/dev/null 2>"$work/produce.txt" || { cat "$work/produce.txt"; die "'produce' failed"; }

# A killed worker comes back by itself, a killed server by 'start'.
killed=$(worker_pid)
cluster kill worker
another_worker() { local now; now=$(worker_pid) && [ "$now" != "$killed" ]; }
soon another_worker
cluster kill nimbus redis postgres
code=0
cluster status >"$work/status.txt" || code=$?
[ "$code" -eq 3 ] && grep -q '^nimbus .*dead' "$work/status.txt" || { cat "$work/status.txt"; die "status of killed servers: exit $code"; }
cluster start redis postgres nimbus
./offerstorm verify -c "$sinks" --wait 120s || die "'verify' finds a difference"

# The worker that took over counts what comes now once: in its metrics, in the topic, in every sink, and in 'status'.
slot=$(cluster status | awk '/^worker-/ { sub("worker-", "", $1); print $1; exit }')
figures() { # file
    python3 -c 'import sys, urllib.request as r; print(r.urlopen(sys.argv[1], timeout=30).read().decode())' \
        "http://127.0.0.1:$((slot + 10000))/metrics" >"$work/$1.metrics"
    # It may still report what happened before.
    ./offerstorm status --format json >"$work/$1.status" 2>"$work/status.txt" || [ -s "$work/$1.status" ] ||
        { cat "$work/status.txt"; die "'status' says nothing"; }
}
figures before
./offerstorm produce test-data/offers.ndjson >/dev/null 2>"$work/produce.txt" || { cat "$work/produce.txt"; die "'produce' failed"; }
./offerstorm verify -c "$sinks" --wait 120s >"$work/verify.txt" || { cat "$work/verify.txt"; die "'verify' finds a difference"; }
figures after
python3 - "$work" <<'EOF' || die "the worker's metrics are wrong"
import json, re, sys

def read(name):
    with open(f"{sys.argv[1]}/{name}.metrics") as text:
        samples = re.findall(r"^([a-z_]+)(\{.*\})? (\S+)$", text.read(), re.M)
    with open(f"{sys.argv[1]}/{name}.status") as text:
        return samples, json.load(text)

def total(samples, name, label=""):
    return sum(float(value) for n, labels, value in samples if n == f"offerstorm_{name}" and label in labels)

(before, old), (after, new) = read("before"), read("after")
def more(name, label=""):
    return total(after, name, label) - total(before, name, label)

sinks = sorted({re.search(r'sink="([a-z]+)"', labels)[1] for _, labels, _ in after if "sink=" in labels})
ends = [sum(p["log_end"] for p in status["source"]["partitions"]) for status in (old, new)]
read_now, refused = more("spout_records_total"), more("parse_rejected_total")
expect = {
    "topic": (read_now, ends[1] - ends[0]),
    "letters": (refused, more("dead_letters_total", 'stage="parse"')),
    "replays": (more("spout_replayed_chunks_total"), 0),
    "status: read": (total(after, "spout_records_total"), new["offers_in"]),
    "status: refused": (total(after, "parse_rejected_total"), new["refused"]),
    "unsettled": (total(after, "spout_oldest_unsettled_seconds"), 0),
}
for sink in sinks:
    label = f'sink="{sink}"'
    kinds = [more(f"sink_{kind}_total", label) for kind in ("written", "stale", "rejected")]
    expect[sink] = (sum(kinds), read_now - refused)
    expect[sink + " passed"] = (more("sink_passed_total", label), read_now)
for kind in ("written", "stale", "rejected"):
    expect["status: " + kind] = (total(after, f"sink_{kind}_total"), sum(sink[kind] for sink in new["sinks"]))
wrong = {name: pair for name, pair in expect.items() if pair[0] != pair[1]}
print(f"{len(after)} series; {read_now:.0f} records, {refused:.0f} refused, in {', '.join(sinks)}" if not wrong else wrong)
sys.exit(bool(wrong) or read_now == 0 or len(sinks) < 4 or len(after) > 500)
EOF

# The dashboard finds the workers by the cluster's configuration. It misses none at the slots that have none, but one that
# hangs; its metrics have what '/api/storage' has.
dashboard_port=$(free_port)
./offerstorm dashboard -c "$sinks" --port "$dashboard_port" >"$work/dashboard.txt" 2>&1 &
dashboard=$!
pids+=("$dashboard")
shows() { # true or false: whether the one worker answers
    python3 - "http://127.0.0.1:$dashboard_port/" "$((slot + 10000))" "$1" <<'EOF'
import json, re, sys, urllib.request

def get(path):
    with urllib.request.urlopen(sys.argv[1] + path, timeout=30) as answer:
        return answer.read().decode()

pipeline = json.loads(get("api/pipeline"))
shown = {w["address"]: w["answers"] for w in pipeline["workers"]}
assert pipeline["watched"] and pipeline["problem"] is None, pipeline
assert shown == {"127.0.0.1:" + sys.argv[2]: sys.argv[3] == "true"}, shown
if sys.argv[3] == "true":
    spout = next(step for step in pipeline["steps"] if step["id"] == "spout")
    assert spout["state"] == "fine", spout
    storage = json.loads(get("api/storage"))
    metrics = dict(re.findall(r"^(offerstorm_\S+) (\S+)$", get("metrics"), re.M))
    stores = {s["name"]: {f["name"]: f["value"] for f in s["figures"]} for s in storage["stores"] if s["state"] == "known"}
    assert set(stores) == {"kafka", "hdfs", "solr", "redis", "postgres"}, [(s["name"], s["reason"]) for s in storage["stores"]]
    served = [v for k, v in metrics.items() if re.match("offerstorm_(store_(part_)?bytes|store_items|topic_)", k)]
    wanted = [v for s in stores.values() for k, v in s.items() if not re.fullmatch("offers_(live|deleted|unknown)", k)]
    assert sorted(map(float, served)) == sorted(map(float, wanted)), (served, wanted)
    offers = {state: float(metrics[f'offerstorm_offers{{state="{state}"}}']) for state in ("live", "deleted", "unknown")}
    assert offers["live"] == stores["solr"]["documents_live"] > offers["unknown"], (offers, stores["solr"])
    assert offers["deleted"] == stores["redis"]["offers_deleted"], (offers, stores["redis"])
EOF
}
soon shows true
kill -STOP "$(worker_pid)"
soon shows false
kill -CONT "$(worker_pid)"
soon shows true
kill "$dashboard"

python3 - "$dir/logs/workers" "$OFFERSTORM_AUDIT_LOG" <<'EOF' || die "logs are not JSON, or lack what they promise"
import glob, json, sys

def read(file):
    with open(file, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]

logs = [log for file in glob.glob(sys.argv[1] + "/**/worker.log", recursive=True) for log in read(file)]
chunks = [log for log in logs if {"topology", "component", "task", "chunk"} <= set(log)]
audit = {(line["event.action"], line["event.outcome"]) for line in read(sys.argv[2])}
print(f"{len(logs)} lines of workers, {len(chunks)} with a chunk; {len(audit)} audited actions")
for action in ("cluster up", "setup", "submit", "produce", "cluster kill", "cluster start"):
    assert ("offerstorm " + action, "success") in audit, (action, audit)
sys.exit(not logs or not chunks)
EOF

# Stopped while the topology is connected: in order, without waiting until it leaves.
cluster stop postgres >"$work/out.txt" 2>&1 && ! grep -q 'killed' "$work/out.txt" ||
    { cat "$work/out.txt"; die "PostgreSQL does not stop in order"; }

workers=$(pgrep -f -- "-Dstorm.home=$dir/storm .*org.apache.storm.daemon.worker.Worker" | wc -l)
[ "$workers" -ge 1 ] || die "no worker runs: the check checks nothing"
cluster down
[ ! -e "$dir/offerstorm.yaml" ] || die "'down' left the configuration"
nothing_left
cluster down --delete-data
[ ! -e "$dir" ] || die "--delete-data left $dir"
