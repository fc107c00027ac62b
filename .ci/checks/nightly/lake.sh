#!/usr/bin/env bash
# Runs of the lake are killed at any moment, two run at once, Solr is emptied and restored, staged files are deleted and the
# topic is trimmed: the tables hold what is staged, the layers agree, Solr has the same documents, and the page of the demo
# shows the past as 'counts --at' does.
#
#   lake.sh [ROUNDS]    6 if not given
. "$(dirname "$0")/../lib.sh.inc"

start_demo() {
    ./offerstorm demo --lake --data-dir "$work/data" >"$work/demo.txt" 2>&1 &
    demo=$!
    pids+=("$demo")
    for _ in $(seq 600); do
        ! grep -q 'Ctrl-C ends everything' "$work/demo.txt" || return 0
        kill -0 "$demo" 2>/dev/null || break
        sleep 1
    done
    tail -30 "$work/demo.txt"
    die "the demo does not come up"
}
end_demo() {
    kill "$demo" # a shell starts what runs in the background with SIGINT ignored
    wait "$demo" || true
    nothing_left
}

start_demo
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
    [ "$round" -gt 1 ] || early=$(date -u +%FT%TZ)
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

# A demo that ends finishes its files. They are made to look old, and deleted: the lake alone has their rows then.
end_demo
start_demo
web=$(sed -n 's:^NameNode .*(\(http.*\)/jmx)$:\1:p' "$work/demo.txt")
root=$(sed -n 's:^NameNode *hdfs\://[^/]*\(/[^ ]*\) .*:\1:p' "$work/demo.txt")
python3 - "${web%/}" "$root/offers" "$(id -un)" <<'PYTHON'
import json, sys, urllib.request

web, root, user = sys.argv[1:]


def ask(path, operation, method="GET"):
    url = f"{web}/webhdfs/v1{path}?user.name={user}&op={operation}"
    with urllib.request.urlopen(urllib.request.Request(url, method=method), timeout=60) as answer:
        return answer.read()


def children(path):
    return [path + "/" + child["pathSuffix"] for child in json.loads(ask(path, "LISTSTATUS"))["FileStatuses"]["FileStatus"]]


files = [file for date in children(root) for file in children(date)]
for file in files:
    ask(file, "SETTIMES&modificationtime=1500000000000", "PUT")
print(f"{len(files)} staged files are old")
PYTHON
lake run
lake maintain --staged >"$work/maintained.txt" || { cat "$work/maintained.txt"; die 'maintenance failed'; }
grep '^[1-9][0-9,]* staged files, .* deleted' "$work/maintained.txt" || { cat "$work/maintained.txt"; die 'no staged file was deleted'; }
lake verify >"$work/verified.txt" || { cat "$work/verified.txt"; die 'the tables are not what was staged'; }
grep 'rows whose files were deleted' "$work/verified.txt" || die 'verify does not know that files were deleted'
./offerstorm verify --config "$config" >"$work/verified.txt" ||
    { cat "$work/verified.txt"; die "the stores are not what the topic says"; }
grep "hdfs rows whose files 'lake maintain' deleted" "$work/verified.txt" || die 'verify does not know of the deleted files'

lake trim --keep 0s
# What the topic no longer has is compared with what the trim left of it.
./offerstorm verify --config "$config" >"$work/verified.txt" ||
    { cat "$work/verified.txt"; die "the stores are not what the lake and the topic say"; }
grep -q 'are compared with the lake' "$work/verified.txt" || die "verify did not begin with the lake"
sed "s/offer-0/last-0/" test-data/offers.ndjson >"$work/more.ndjson"
./offerstorm produce "$work/more.ndjson" --config "$config"
sleep 5
lake run --layers || die 'the layers differ after the trim'
lake verify || die 'the tables do not hold what is staged after the trim'

# The page asks the demo's 'lake serve'.
page=$(sed -n 's/^Dashboard *//p' "$work/demo.txt")
now=$(date -u +%FT%TZ)
for at in "$early" "$now"; do
    curl -sSf --max-time 60 "${page%/}/api/counts?at=$at" >"$work/page.json"
    ./offerstorm counts --at "$at" --format json --config "$config" >"$work/command.json"
    python3 - "$work/page.json" "$work/command.json" "$at" <<'PYTHON'
import json, sys


def cells(path):
    return {(cell["category"], cell["continent"]): cell["count"] for cell in json.load(open(path))["cells"]}


page, command = map(cells, sys.argv[1:3])
if page != command or not page:
    sys.exit(f"at {sys.argv[3]} the page shows {sum(page.values())} offers, and the command {sum(command.values())}")
print(f"at {sys.argv[3]}: {sum(page.values()):,} offers, on the page too")
PYTHON
done
end_demo
