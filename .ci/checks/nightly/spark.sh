#!/usr/bin/env bash
# A cluster with a standalone Spark: its Workers run 'lake run', also after one of them was killed, and the tables hold what
# is staged. Everything of Spark listens on 127.0.0.1 alone.
. "$(dirname "$0")/../lib.sh.inc"

dir=$work/cluster
end() {
    [ ! -d "$dir" ] || ./offerstorm cluster down --dir "$dir" >"$work/end.txt" 2>&1 || cat "$work/end.txt" >&2
    finish
}
trap end EXIT
export OFFERSTORM_CONFIG=$dir/offerstorm.yaml
run() { # command...: must succeed
    "$@" >"$work/out.txt" 2>&1 || { cat "$work/out.txt"; tail -n 30 "$dir"/logs/spark-*.log; die "exit $? of: $*"; }
}
executors() { # that the Workers have started so far
    find "$dir"/spark-worker-*/work -mindepth 2 -maxdepth 2 -type d | wc -l
}

run ./offerstorm cluster up --with spark --dir "$dir"
master=$(sed -n 's/^Spark  *\(spark:[^ ]*\) .*/\1/p' "$work/out.txt")
[ -n "$master" ] || { cat "$work/out.txt"; die "'up' does not say where the Master is"; }
! grep 'Reachable from other machines' "$work/out.txt" | grep -q spark || { cat "$work/out.txt"; die "Spark is reachable from other machines"; }
run ./offerstorm setup
run ./offerstorm submit
run ./offerstorm generate --seed 7 --count 20000 --out "$work/offers.ndjson"
run ./offerstorm produce "$work/offers.ndjson"
run ./offerstorm verify --wait 180s

run ./offerstorm lake run --layers --master "$master"
cat "$work/out.txt"
grep -q 'The three layers agree in every cell' "$work/out.txt" || die "the layers do not agree"
first=$(executors)
[ "$first" -ge 2 ] || { find "$dir"/spark-worker-*; die "$first executors, not one on each Worker"; }

run ./offerstorm cluster kill spark-worker-1 --dir "$dir"
run ./offerstorm produce test-data/offers.ndjson
run ./offerstorm verify --wait 180s
run ./offerstorm lake run --layers --master "$master"
cat "$work/out.txt"
[ "$(executors)" -gt "$first" ] || die "the second run had no executor"
run ./offerstorm cluster start spark-worker-1 --dir "$dir"
run ./offerstorm cluster status --dir "$dir"
grep spark "$work/out.txt"
run ./offerstorm lake verify --master "$master"
cat "$work/out.txt"
run ./offerstorm cluster down --dir "$dir"
nothing_left
