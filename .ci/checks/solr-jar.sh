#!/usr/bin/env bash
# offerstorm-solr.jar as an operator uses it: in the lib directory of a Solr that has none of our other classes. Without
# it, a Solr that is configured to use it says what is missing.
. "$(dirname "$0")/lib.sh.inc"

jar=$(find deploy/solr/target -maxdepth 1 -name 'offerstorm-solr-*.jar' | sort | tail -n 1)
[ -f "$jar" ] || die "no jar for Solr; run ./mvnw verify first"
jar tf "$jar" >"$work/list"
[ "$(grep -c '\.class$' "$work/list")" -le 3 ] || { cat "$work/list"; die "$jar brings more than the format of ids"; }
./offerstorm --version >"$work/build.txt" 2>&1 || { cat "$work/build.txt"; die "the build failed"; }

# Solr's class path without our extension; SolrMain itself is in local/.
tr ':' '\n' <local/trials/target/offerstorm.classpath | grep -v '/deploy/solr/' | paste -sd : >"$work/classpath"
solr() { # home, port: starts it, and adds its pid
    "${JAVA_HOME:+$JAVA_HOME/bin/}java" -Xmx512m "-Dsolr.log.dir=$1" -cp "$(cat "$work/classpath")" \
        org.offerstorm.local.cluster.SolrMain "$1" "$2" >"$1/out.txt" 2>&1 &
    pids+=($!)
}
ask() { curl -sS --max-time 10 "http://127.0.0.1:$1/solr/$2"; }
await() { # home, path, what the answer has: starts a Solr over the home at a free port, its answer in $work/answer.txt
    port=$(free_port)
    solr "$1" "$port"
    for _ in $(seq 90); do
        ask "$port" "$2" >"$work/answer.txt" 2>/dev/null && grep -q "$3" "$work/answer.txt" && return
        sleep 1
    done
    tail -5 "$1/out.txt"
    die "Solr over $1 did not answer with $3"
}
add() { # documents
    curl -sS --max-time 30 -H 'Content-Type: application/json' -d "$1" \
        "http://127.0.0.1:$port/solr/offers/update?commit=true" >>"$work/add.txt"
}
for home in with without; do
    mkdir -p "$work/$home/offers" "$work/$home/lib"
    cp -r conf/solr/offers/conf "$work/$home/offers/"
    echo name=offers >"$work/$home/offers/core.properties"
    echo '<solr><logging><bool name="enabled">false</bool></logging></solr>' >"$work/$home/solr.xml"
done
cp "$jar" "$work/with/lib/"

await "$work/with" 'offers/schema/fields/id' '"type"'
grep -q '"filteredId"' "$work/answer.txt" || { cat "$work/answer.txt"; die "ids are not in our format"; }
add '[{"id":"a","version":2,"name":"new"},{"id":"b","version":1,"name":"one"}]'
add '[{"id":"a","version":1,"name":"old"},{"id":"b","version":2,"name":"two"}]'
ask "$port" 'offers/select?q=*:*&sort=id+asc&fl=name&wt=csv&csv.header=false' >"$work/names.txt"
[ "$(tr '\n' ' ' <"$work/names.txt")" = 'new two ' ] || { cat "$work/add.txt" "$work/names.txt"; die "versions do not hold"; }
find "$work/with/offers/data/index" -name '*.blm' >"$work/filters.txt"
[ -s "$work/filters.txt" ] || die "no segment has a filter"
echo "in lib/: ids are filtered, versions hold"

await "$work/without" 'offers/select?rows=0' numFound
add '[{"id":"a","version":1}]'
grep -q "OfferIds" "$work/add.txt" || { cat "$work/add.txt"; die "a Solr without the jar does not say so"; }
echo "without: $(grep -o '"msg":"[^"]*"' "$work/add.txt" | cut -c1-150)"
