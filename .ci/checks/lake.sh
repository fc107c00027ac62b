#!/usr/bin/env bash
# The demo with the lake ends with three equal layers. One that stays has a page that shows them, and leaves nothing behind.
. "$(dirname "$0")/lib.sh.inc"

./offerstorm demo --lake --exit-when-done --data-dir "$work/data" >"$work/out.txt" 2>"$work/err.txt" || {
    tail -50 "$work/out.txt" "$work/err.txt"
    die "the demo failed"
}
nothing_left
grep -q 'The three layers agree in every cell' "$work/out.txt" || {
    tail -30 "$work/out.txt"
    die "the layers do not agree"
}
grep -A 12 'live *batch *merged' "$work/out.txt"

./offerstorm demo --lake --data-dir "$work/data" >"$work/stays.txt" 2>&1 &
demo=$!
pids+=("$demo")
for _ in $(seq 600); do
    ! grep -q 'Ctrl-C ends everything' "$work/stays.txt" || break
    kill -0 "$demo" 2>/dev/null || { tail -30 "$work/stays.txt"; die "the demo ended"; }
    sleep 1
done
page=$(sed -n 's/^Dashboard *//p' "$work/stays.txt")
for from in live batch merged; do
    # The first question to the lake reads its tables, and on a busy machine that takes longer than the page waits.
    for ((i = 0; i < 24; i++)); do
        ! curl -sSf --max-time 60 "${page%/}/api/counts?from=$from" >"$work/$from.json" || break
        sleep 5
    done
    [ -s "$work/$from.json" ] || {
        tail -n 30 "$work/stays.txt"
        tail -n 30 "$work/data/logs/lake-serve.log"
        die "no table of $from"
    }
    python3 - "$work/$from.json" >"$work/$from.txt" <<'PYTHON'
import json, sys
for cell in sorted((cell["category"], cell["continent"], cell["count"]) for cell in json.load(open(sys.argv[1]))["cells"]):
    print(*cell)
PYTHON
done
[ -s "$work/live.txt" ] || die 'the table is empty'
diff "$work/live.txt" "$work/batch.txt" && diff "$work/live.txt" "$work/merged.txt" || die 'the page shows different layers'
curl -sSf --max-time 60 "${page%/}/api/lake"
echo
kill "$demo"
wait "$demo" || true
nothing_left
echo "the page shows $(wc -l <"$work/merged.txt") equal cells from each layer"
