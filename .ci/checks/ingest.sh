#!/usr/bin/env bash
# The server over a demo: an offer that is sent is counted, bad items keep no good one, a retry makes one record, and the load
# command has every offer stored.
. "$(dirname "$0")/lib.sh.inc"

./offerstorm demo --data-dir "$work/data" </dev/null >"$work/demo.txt" 2>"$work/demo.err" &
pids+=($!)
for ((i = 0; i < 240; i++)); do
    grep -q '^Ingest ' "$work/demo.txt" && break
    kill -0 "${pids[0]}" 2>/dev/null || break
    sleep 0.5
done
url=$(sed -n 's/^Ingest *//p' "$work/demo.txt")
dashboard=$(sed -n 's/^Dashboard *//p' "$work/demo.txt")
[ -n "$url" ] || {
    tail -20 "$work/demo.txt" "$work/demo.err"
    die "the demo started no server for offers"
}

total() { curl -sf "${dashboard}api/counts" | python3 -c 'import json, sys; print(json.load(sys.stdin)["total"])'; }
# As the demo prints it, so that what people copy works.
send() { curl -sS -H 'Content-Type: application/json' -w '\n%{http_code}\n' "$@" "$url"; }
counted() {
    local i
    for ((i = 0; i < 60; i++)); do
        [ "$(total)" = "$1" ] && return
        sleep 0.5
    done
    die "$(total) offers are counted, not $1"
}

before=$(total)
line=$(grep -A1 '^Ingest ' "$work/demo.txt" | tail -1)
eval "$line" >"$work/one.txt"
grep -q '"stored":1,"refused":0' "$work/one.txt" || die "the demo's line was answered with $(cat "$work/one.txt")"
counted $((before + 1))

send -d '[{"id":"in-1","name":"A"},{"id":"in-2"},7,{"id":"in-3","name":"C"}]' >"$work/mixed.txt"
grep -q '^207$' "$work/mixed.txt" || die "not 207: $(cat "$work/mixed.txt")"
grep -q '"item":1,"id":"in-2","type":"/problems/missing_field"' "$work/mixed.txt" || die "$(cat "$work/mixed.txt")"
counted $((before + 3))

for answer in first second; do
    send -H 'Idempotency-Key: retry' -d '{"id":"in-4","name":"D"}' >"$work/$answer.txt"
done
cmp "$work/first.txt" "$work/second.txt" || die "the retry had another answer"
grep -q '^200$' "$work/first.txt" || die "$(cat "$work/first.txt")"
counted $((before + 4))

for id in mine-1 in-1 in-3 in-4; do
    curl -sSf -X DELETE "$url/$id" >/dev/null
done
counted "$before"

./offerstorm ingest-load --url "${url%offers}" --rate 2000 --seconds 5 --offers 2000 --p99 5000 >"$work/load.txt" || {
    cat "$work/load.txt"
    die "the load was not stored"
}
cat "$work/load.txt"
counted "$before"

kill "${pids[0]}"
wait "${pids[0]}" || true
nothing_left
