#!/usr/bin/env bash
# Somebody's own CSV: no row is dropped for lack of a profession or of coordinates.
. "$(dirname "$0")/lib.sh.inc"

awk 'BEGIN {
    print "profession_id,contract_type,name,office_latitude,office_longitude"
    for (i = 1; i <= 3000; i++) {
        profession = i % 50 == 0 ? "" : i % 3 + 1
        place = i % 75 == 0 ? "," : (i % 2 ? "48.85,2.35" : "-1.29,36.82")
        printf "%s,FULL_TIME,\"Offer %d, with \"\"quotes\"\" and a\ttab 🚀\",%s\n", profession, i, place
    }
}' >"$work/jobs.csv"
printf 'id,name,category_name\n1,One,"Alpha, first"\n2,Two,Béta\n3,Three,Gamma\n' >"$work/professions.csv"

./offerstorm demo --offers "$work/jobs.csv" --professions "$work/professions.csv" --data-dir "$work/data" \
    --exit-when-done >"$work/out.txt" 2>"$work/err.txt" || {
    tail -50 "$work/out.txt" "$work/err.txt"
    die "the run failed"
}
nothing_left
grep -q ' 3,000 offers\.$' "$work/out.txt" || { cat "$work/out.txt"; die "not 3,000 offers"; }
grep -qE '^UNKNOWN .* 40( |$)' "$work/out.txt" || { cat "$work/out.txt"; die "no UNKNOWN row of 40"; }
tail -3 "$work/out.txt"
