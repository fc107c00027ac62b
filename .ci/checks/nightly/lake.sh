#!/usr/bin/env bash
# Runs of the lake are killed at any moment, two run at once, the topic is trimmed and Redis is emptied and restored: the
# tables hold what is staged, and the layers agree.
. "$(dirname "$0")/../lib.sh.inc"

./offerstorm demo --lake --data-dir "$work/data" >"$work/demo.txt" 2>&1 &
demo=$!
pids+=("$demo")
for _ in $(seq 600); do
    ! grep -q 'Ctrl-C ends everything' "$work/demo.txt" || break
    kill -0 "$demo" 2>/dev/null || { tail -30 "$work/demo.txt"; die "the demo ended"; }
    sleep 1
done
config=$work/data/lake.yaml
lake() { ./offerstorm lake "$@" --config "$config"; }
for round in 1 2 3 4 5 6; do
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
lake trim --keep 0s
# What the topic no longer has is compared with what the trim left of it.
./offerstorm verify --config "$work/data/offerstorm.yaml" >"$work/verified.txt" ||
    { cat "$work/verified.txt"; die "the stores are not what the lake and the topic say"; }
grep -q 'are compared with the lake' "$work/verified.txt" || die "verify did not begin with the lake"
kill -INT "$demo"
wait "$demo" || true
