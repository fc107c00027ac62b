#!/usr/bin/env bash
# A million generated and damaged records: the parser answers each, within its limits, as Jackson's tree would have it.
# OFFERSTORM_FUZZ_SEED=… tries another seed.
. "$(dirname "$0")/lib.sh.inc"

cases=1000000
seed=${OFFERSTORM_FUZZ_SEED:-20261121}
fuzz=(./mvnw -q -B --no-transfer-progress -pl core test -Dtest=OfferParserFuzzTest
    "-Dofferstorm.fuzz.cases=$cases" "-Dofferstorm.fuzz.seed=$seed")
echo "${fuzz[*]}"
begin=$SECONDS
"${fuzz[@]}" >"$work/out.txt" 2>&1 || {
    grep -vE '^\s+at ' "$work/out.txt" | head -60
    die "seed $seed"
}
grep -hF "$cases cases, seed $seed" core/target/surefire-reports/*OfferParserFuzzTest-output.txt ||
    die "the test did not run $cases cases with seed $seed"
echo "$((SECONDS - begin)) s with Maven"
