#!/usr/bin/env bash
# Runs of the lake are killed at any moment, two run at once, Solr is emptied and restored, the topic is trimmed: the tables
# hold what is staged, the layers agree, and Solr has the same documents.
#
#   lake.sh [ROUNDS]    6 if not given
. "$(dirname "$0")/../lib.sh.inc"

./offerstorm demo --lake --data-dir "$work/data" >"$work/demo.txt" 2>&1 &
demo=$!
pids+=("$demo")
for _ in $(seq 600); do
    ! grep -q 'Ctrl-C ends everything' "$work/demo.txt" || break
    kill -0 "$demo" 2>/dev/null || { tail -30 "$work/demo.txt"; die "the demo ended"; }
    sleep 1
done
config=$work/data/offerstorm.yaml
lake() { ./offerstorm lake "$@" --config "$config"; }
for round in $(seq "${1:-6}"); do
    sed "s/offer-0/round$round-0/" test-data/offers.ndjson >"$work/more.ndjson"
    ./offerstorm produce "$work/more.ndjson" --config "$config"
    sleep 5
    ./offerstorm lake run --config "$config" >"$work/killed.txt" 2>&1 &
    run=$!
    sleep $((4 + 2 * round))
    # The launcher becomes Java, so this is the run itself.
    kill -9 "$run" 2>/dev/null || true
    wait "$run" 2>/dev/null || true
    lake run >"$work/one.txt" 2>&1 &
    one=$!
    lake run >"$work/two.txt" 2>&1 || grep -q 'in use by\|another run published\|just starting' "$work/two.txt" ||
        { cat "$work/two.txt"; die "the second of two runs failed"; }
    wait "$one" || grep -q 'in use by\|another run published\|just starting' "$work/one.txt" ||
        { cat "$work/one.txt"; die "the first of two runs failed"; }
    lake run --layers || die "round $round: the layers differ"
    lake verify || die "round $round: the tables do not hold what is staged"
done

# Every document with all its fields, tombstones too; Solr's own version of a document is no field of ours.
solr=$(sed -n "/^solr:/,/^[a-z]/ s/^  url: '\(.*\)'$/\1/p" "$config")/offers
documents() {
    curl -sSf --max-time 60 "$solr/update?commit=true" >"$work/commit.txt"
    curl -sSf --max-time 60 "$solr/verify?rows=1000000&fl=*&omitHeader=true&indent=true" | grep -v '"_version_":'
}
documents >"$work/before.json"
[ "$(grep -c '"id":' "$work/before.json")" -gt 1000 ] || die 'Solr has no documents'
grep -q '"deleted":true' "$work/before.json" || die 'Solr has no tombstones'
curl -sSf -H 'Content-Type: text/xml' -d '<delete><query>*:*</query></delete>' "$solr/update?commit=true" >"$work/delete.txt"
documents >"$work/empty.json"
! grep -q '"id":' "$work/empty.json" || die 'Solr was not emptied'
lake restore solr
documents >"$work/after.json"
diff "$work/before.json" "$work/after.json" >"$work/diff.txt" || { head -40 "$work/diff.txt"; die 'other documents than before'; }
echo "Solr: $(grep -c '"id":' "$work/after.json") documents, equal"

lake trim --keep 0s
# What the topic no longer has is compared with what the trim left of it.
./offerstorm verify --config "$work/data/offerstorm.yaml" >"$work/verified.txt" ||
    { cat "$work/verified.txt"; die "the stores are not what the lake and the topic say"; }
grep -q 'are compared with the lake' "$work/verified.txt" || die "verify did not begin with the lake"
kill "$demo" # a shell starts what runs in the background with SIGINT ignored
wait "$demo" || true
