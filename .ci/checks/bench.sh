#!/usr/bin/env bash
# 'bench' on its own cluster: the topology and its neighbours through all sinks, then latency at a steady rate. The
# figures are not judged, because the machine may be busy.
. "$(dirname "$0")/lib.sh.inc"

run() { # options...
    ./offerstorm bench --dir "$work/bench" "$@" >"$work/out.txt" 2>"$work/err.txt" ||
        {
            local code=$?
            cat "$work/out.txt" "$work/err.txt"
            tail -n 40 "$work"/bench/logs/{flink,kafka-streams,plain-loop}.log 2>/dev/null || true
            die "exit $code of: bench $*"
        }
}
refused() { # what it must say, options...
    local says=$1 code=0
    shift
    ./offerstorm bench --dir "$work/bench" "$@" >"$work/out.txt" 2>&1 || code=$?
    [ "$code" -eq 2 ] && grep -q -- "$says" "$work/out.txt" || { cat "$work/out.txt"; die "exit $code: bench $*"; }
}

refused "--sinks is 'kafka'" --sinks kafka
refused '--rounds is 0' --rounds 0
refused '--no-loop' --rate 300 --no-loop
refused "--beside is 'spark'" --beside spark
refused '--no-loop is the same' --no-loop --beside flink
[ ! -e "$work/bench" ] || die "a mistake started a cluster"

run --offers 150000 --rounds 1 --json
python3 - "$work/out.txt" <<'PYTHON'
import json, sys
report = json.load(open(sys.argv[1]))
runs = report["runs"]
neighbours = ["Flink", "Kafka Streams", "plain loop"]
alone = {"hdfs alone", "solr alone", "redis alone"}
assert set(runs) == {"topology", *neighbours} | alone and not report["left_out"], (runs.keys(), report["left_out"])
for name, run in runs.items():
    assert run["offers_per_second"] > 0 and run["cpu"]["worker"] > 0 and len(run["tenths"]) == 10, (name, run)
parts = runs["topology"]["components"]
assert {"offer-spout", "parse", "hdfs-writer", "solr-indexer", "redis-counter"} <= set(parts), parts
assert [ratio["neighbour"] for ratio in report["ratios"]] == neighbours, report["ratios"]
assert list(report["guarantees"]) == ["topology", *neighbours], report["guarantees"]
print("  offers/s: " + ", ".join("%s %.0f" % (name, runs[name]["offers_per_second"]) for name in ("topology", *neighbours)))
PYTHON

run --rate 300 --seconds 10 --json
python3 - "$work/out.txt" <<'PYTHON'
import json, sys
report = json.load(open(sys.argv[1]))
latencies = report["latencies"]
assert set(latencies) == {"hdfs-writer", "solr-indexer", "redis-counter", "searchable", "all of it"}, latencies.keys()
for stage, each in latencies.items():
    assert 0 < each["p50"] <= each["p99"] <= each["p999"] <= each["most"], (stage, each)
print("  p99 in ms: " + ", ".join("%s %.0f" % (stage, each["p99"]) for stage, each in sorted(latencies.items())))
PYTHON

run --sinks none --offers 1000000 --rounds 1 --no-loop
grep -q 'By tenth of the run' "$work/out.txt" || { cat "$work/out.txt"; die "no report"; }
if grep -qE 'plain loop|Flink|Streams' "$work/out.txt"; then cat "$work/out.txt"; die "--no-loop ran a neighbour"; fi
nothing_left

./mvnw -q -B --no-transfer-progress -Pneighbours -pl local/neighbours/flink,local/neighbours/streams spotless:check ||
    die "format: ./mvnw -Pneighbours -pl local/neighbours/flink,local/neighbours/streams spotless:apply"
