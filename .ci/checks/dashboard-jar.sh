#!/usr/bin/env bash
# The dashboard's jar alone in an empty directory, without our environment: over the Redis and the Solr of a demo, over
# servers that stopped or never ran, and its answers to mistakes.
. "$(dirname "$0")/lib.sh.inc"

version=$(sed -n 's:^  <version>\(.*\)</version>$:\1:p' pom.xml | head -n 1)
jar=dashboard/target/offerstorm-dashboard-$version.jar
[ -f "$jar" ] || ./mvnw -B -q --no-transfer-progress -Dmaven.test.skip=true package -pl dashboard -am >"$work/build.txt" 2>&1 ||
    { tail -30 "$work/build.txt"; die "the build failed"; }

# --- What is in it -------------------------------------------------------------------------------------------------
jar tf "$jar" >"$work/list"
# Only the client of Kafka, which defines the properties that the configuration may have.
forbidden='^org/apache/(storm|hadoop|avro|zookeeper|lucene)/|^org/apache/solr/(core|servlet)/|^org/offerstorm/(bolts|topology|local)/|^kafka/.*\.class$|^org/apache/kafka/(storage|raft|controller)/|^org/eclipse/jetty/|^redis/embedded/|^META-INF/.*\.(SF|RSA|DSA)$'
if grep -E "$forbidden" "$work/list"; then die "these do not belong in $jar"; fi
for needed in org/offerstorm/dashboard/cli/DashboardMain.class org/offerstorm/core/geo/continents.bin \
    conf/offerstorm.yaml conf/professions.csv META-INF/LICENSE META-INF/NOTICE; do
    grep -qx "$needed" "$work/list" || die "$needed is missing in $jar"
done
[ -z "$(sort "$work/list" | grep '\.class$' | uniq -d)" ] || die "classes are twice in $jar"
size=$(($(stat -c %s "$jar") / 1000000))
[ "$size" -le 30 ] || die "$jar has $size MB"

# --- As an operator starts it --------------------------------------------------------------------------------------
mkdir "$work/empty"
cp "$jar" "$work/empty/offerstorm-dashboard.jar"
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
dashboard() { # options...: in the foreground, with what it says in $work/out.txt
    (cd "$work/empty" && exec env -i PATH="$PATH" "$java" -Xmx160m -jar offerstorm-dashboard.jar "$@") >"$work/out.txt" 2>&1
}
start() { # name, options...: in the background; its address in $url, its pid in $pid
    local out=$work/$1.txt err=$work/$1.err
    shift
    : >"$out" >"$err" # they are looked at before the new process makes them
    (cd "$work/empty" && exec env -i PATH="$PATH" "$java" -Xmx160m -jar offerstorm-dashboard.jar "$@") >"$out" 2>"$err" &
    pid=$!
    pids+=("$pid")
    for _ in $(seq 240); do
        url=$(sed -n 's|^Dashboard  \(http.*\)/$|\1|p' "$out")
        [ -z "$url" ] || return 0
        kill -0 "$pid" 2>/dev/null || break
        sleep 0.5
    done
    cat "$out" "$err"
    die "no dashboard came up"
}
end() { # ends the one that was started last, as systemd and docker do
    local code=0
    kill "$pid"
    wait "$pid" || code=$?
    [ "$code" -eq 143 ] || die "SIGTERM ended the dashboard with $code, not 143"
}
expect() { # exit code, pattern, options...
    local code=$1 pattern=$2 got=0
    shift 2
    dashboard "$@" </dev/null || got=$?
    [ "$got" -eq "$code" ] || { cat "$work/out.txt"; die "exit $got, not $code: $*"; }
    grep -qE -- "$pattern" "$work/out.txt" || { cat "$work/out.txt"; die "'$*' does not say '$pattern'"; }
    if grep -qE '^\s+at [a-z]+\.' "$work/out.txt"; then cat "$work/out.txt"; die "'$*' shows a stack trace"; fi
}
answers() { # status, pattern, path: within a minute
    local status
    for _ in $(seq 60); do
        status=$(curl -sS --max-time 10 -o "$work/answer.txt" -w '%{http_code}' "$url$3" 2>"$work/curl.err") || status=none
        if [ "$status" = "$1" ] && grep -qE -- "$2" "$work/answer.txt"; then return 0; fi
        sleep 1
    done
    head -c 2000 "$work/answer.txt"
    die "$3 answers $status, not $1 with '$2'"
}

logs() { # pattern, file: within a minute; a server counts as away, without a line, until it was asked
    for _ in $(seq 120); do
        if grep -q "$1" "$2"; then return 0; fi
        sleep 0.5
    done
    cat "$2"
    return 1
}

expect 0 'Usage: java -jar offerstorm-dashboard.jar' --help
grep -q 'Reads Redis and Solr' "$work/out.txt" || die "the help does not say what it reads"
expect 0 "^offerstorm $version" --version
expect 2 "Unknown option" --prot
expect 2 "'java -jar offerstorm-dashboard.jar --help'" --prot
expect 2 'no-such-file.yaml: no such file' --config no-such-file.yaml
expect 2 "did you mean 'fetch.max.bytes'" -c source.properties.fetch.max.byts=3
expect 2 "did you mean 'hdfs.roll-size'" -c hdfs.roll-sise=1GiB

# --- Over servers that never ran ------------------------------------------------------------------------------
cat >"$work/empty/away.yaml" <<'YAML'
redis:
  uri: redis://127.0.0.1:1
solr:
  url: http://127.0.0.1:1/solr
YAML
start away --config away.yaml --port 0
answers 200 '<title>' /
answers 200 '<title>' /search
answers 503 '"away"' /api/health
answers 503 'the search is unavailable: Solr does not answer' '/api/offers?q=nurse'
if grep -q '127.0.0.1:1' "$work/answer.txt"; then die "a searcher reads Solr's address"; fi
logs 'http://127.0.0.1:1/solr' "$work/away.err" || die "the log does not say which Solr is away"
logs 'redis 127.0.0.1:1' "$work/away.err" || die "the log does not say that Redis is away"
expect 3 "port ${url##*:} of 127.0.0.1 is taken" --config away.yaml --port "${url##*:}"
end
echo "without servers: the pages are up and name the unavailable servers"

# --- Over a Redis and a Solr with offers ---------------------------------------------------------------------------
redis=$(free_port)
solr=$(free_port)
./offerstorm demo --data-dir "$work/data" --redis-port "$redis" --solr-port "$solr" >"$work/demo.txt" 2>"$work/demo.err" &
demo=$!
pids+=("$demo")
cat >"$work/empty/offerstorm.yaml" <<YAML
redis:
  uri: redis://127.0.0.1:$redis
solr:
  url: http://127.0.0.1:$solr/solr
YAML
for _ in $(seq 300); do
    grep -q '^Produced' "$work/demo.txt" && break
    kill -0 "$demo" 2>/dev/null || break
    sleep 1
done
grep -q '^Produced' "$work/demo.txt" || { tail -30 "$work/demo.txt" "$work/demo.err"; die "the demo did not come up"; }

start over-demo --config offerstorm.yaml --port 0
live=$(awk -F, 'NR > 1 { n += $NF } END { print n }' test-data/expected-counts.csv)
answers 200 "\"total\":$live[,}]" /api/counts
answers 200 "\"total\":$live[,}]" /api/offers
answers 200 '"name":' '/api/offers?continent=EU&rows=1'
answers 200 '"status":"live"' /api/health
answers 200 '<title>' /
echo "over a demo: $live offers in /api/counts and in /api/offers, of a jar of $size MB"

kill "$demo"
wait "$demo" || true
answers 503 '"away"' /api/health
answers 200 "\"total\":$live[,}]" /api/counts
answers 503 'the search is unavailable' /api/offers
end
nothing_left
