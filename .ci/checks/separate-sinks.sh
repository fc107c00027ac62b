#!/usr/bin/env bash
# Two submissions of one jar, each with its own sinks and consumer group: while Solr is unavailable one waits, with a bounded
# number of handles and without a replay, and the other keeps counting. Both write dead letters, and each record has one;
# replay and drop leave a stream that verifies.
. "$(dirname "$0")/lib.sh.inc"

offerstorm=./offerstorm
cluster=$work/cluster
cleanup() {
    "$offerstorm" cluster down --dir "$cluster" >"$work/down.txt" 2>&1 || true
    finish
}
trap cleanup EXIT

say() { printf '  %s\n' "$*"; }
expect() { # exit code, command...
    local wanted=$1 code=0
    shift
    "$@" >"$work/out.txt" 2>&1 || code=$?
    [ "$code" -eq "$wanted" ] || {
        cat "$work/out.txt"
        die "exit $code instead of $wanted: $*"
    }
}
# A busy machine's Kafka may not answer in time at the first try.
verified() { # configuration...
    local i code=3
    for i in 1 2 3; do
        code=0
        "$offerstorm" verify "$@" --wait 120s >"$work/out.txt" 2>&1 || code=$?
        [ "$code" -eq 3 ] || break
    done
    [ "$code" -eq 0 ] || {
        cat "$work/out.txt"
        die "exit $code: verify $*"
    }
}
stores=(--config "$cluster/offerstorm.yaml" --config "$work/stores.yaml")
counts=(--config "$cluster/offerstorm.yaml" --config "$work/counts.yaml")
figures() { # name, configuration...: its numbers in the status, one to a line
    local name=$1
    shift
    "$offerstorm" status "$@" --format json | sed -n "s/.*\"$name\" : \([0-9][0-9]*\).*/\1/p"
}
sum() { figures "$@" | awk '{ n += $1 } END { print n + 0 }'; }
counted() { # live offers in Redis
    "$offerstorm" counts "${counts[@]}" --format csv | awk -F, 'NR > 1 { n += $NF } END { print n + 0 }'
}

cat >"$work/stores.yaml" <<'YAML'
topology:
  name: offers-stores
source:
  group: offers-stores
sinks: [hdfs, solr]
YAML
cat >"$work/counts.yaml" <<'YAML'
topology:
  name: offers-counts
source:
  group: offers-counts
sinks: [redis]
YAML

expect 0 "$offerstorm" cluster up --dir "$cluster"
expect 0 "$offerstorm" setup --config "$cluster/offerstorm.yaml"
expect 0 "$offerstorm" submit "${stores[@]}"
expect 0 "$offerstorm" submit "${counts[@]}"
expect 0 "$offerstorm" produce test-data/offers.ndjson --config "$cluster/offerstorm.yaml"
verified "${stores[@]}"
verified "${counts[@]}"
grep -q 'redis and dead letters agree' "$work/out.txt" || die "$(cat "$work/out.txt")"
say "both read all of the topic"

# --- Solr away: longer than Storm would let a tuple live --------------------------------------------------------------
expect 0 "$offerstorm" cluster stop solr --dir "$cluster"
worker=$(figures pid "${stores[@]}")
handles=$(ls "/proc/$worker/fd" | wc -l)
"$offerstorm" generate --count 40000 --seed 3 --out "$work/more.ndjson" 2>/dev/null
expect 0 "$offerstorm" produce "$work/more.ndjson" --config "$cluster/offerstorm.yaml"
verified "${counts[@]}"
say "Solr away: Redis counts $(counted) live offers, and verifies"
sleep 35
[ "$(sum held_chunks "${stores[@]}")" -gt 0 ] || die "nothing is held, though Solr is unavailable"
[ "$(figures pid "${stores[@]}")" = "$worker" ] || die "the worker of the stores did not survive the outage"
now=$(ls "/proc/$worker/fd" | wc -l)
[ "$now" -le $((handles + 40)) ] || die "the worker has $now open handles, $handles before the outage"
expect 3 "$offerstorm" verify "${stores[@]}" --wait 1s
expect 0 "$offerstorm" cluster start solr --dir "$cluster"
verified "${stores[@]}"
replayed=$(sum replayed_chunks "${stores[@]}")
[ "$replayed" -eq 0 ] || die "$replayed chunks were replayed for an outage"
say "Solr back: all of it in Solr and HDFS, no chunk replayed, $handles open handles before, $now in the outage"

# --- Dead letters: each once, although both wrote it ------------------------------------------------------------------
letters=$("$offerstorm" dlq ls "${stores[@]}" --format csv | tail -n +2)
[ "$(wc -l <<<"$letters")" -gt 20 ] || die "too few dead letters: $letters"
[ "$(cut -d, -f1 <<<"$letters" | sort | uniq -d | wc -l)" -eq 0 ] || die "a dead letter is listed twice"
position=$(awk -F, '$4 == "\"key_mismatch\"" || $4 == "\"bad_json\"" || $4 == "\"missing_field\"" { print $1; exit }' <<<"$letters")
"$offerstorm" dlq show "$position" "${counts[@]}" >"$work/letter.txt"
expect 1 "$offerstorm" dlq replay "$position" "${counts[@]}"
grep -q 'would be refused again' "$work/out.txt" || die "$(cat "$work/out.txt")"
expect 0 "$offerstorm" dlq drop --yes --reason bad_json "${stores[@]}"
verified "${counts[@]}"
verified "${stores[@]}"
grep -q 'an operator dropped' "$work/out.txt" || die "$(cat "$work/out.txt")"
say "dead letters: each once; dropped ones are known to verify"

expect 0 "$offerstorm" kill --drain "${counts[@]}" offers-counts
expect 0 "$offerstorm" kill --drain "${stores[@]}" offers-stores
expect 0 "$offerstorm" cluster down --dir "$cluster"
nothing_left
