#!/usr/bin/env bash
# From a file of somebody else's making to equal tables in all stores: by inspect and its mapping, by the usual names,
# and by the mapping that the demo proposes itself.
. "$(dirname "$0")/lib.sh.inc"

# As a spreadsheet in France writes it: windows-1252, semicolons, decimal commas, dates without zone; compressed.
python3 - "$work" <<'PYTHON'
import gzip, json, sys
work = sys.argv[1]
rows = ["Réf;Intitulé du poste;Secteur;Latitude;Longitude;Publié le;Salaire;Lien"]
for i in range(1, 2001):
    place = (";" if i % 50 == 0 else "48,85;2,35" if i % 2 else "-1,29;36,82")
    rows.append(f"R{i:05};Poste n° {i}, à pourvoir;{['Santé', 'Bâtiment', 'Métiers verts'][i % 3]};{place};"
                f"{i % 28 + 1:02}/03/2026;{1500 + i},50;https://jobs.example/{i}")
with gzip.open(f"{work}/offres.csv.gz", "wb") as out:
    out.write("\r\n".join(rows).encode("windows-1252"))
# As a page's JSON-LD has it.
with open(f"{work}/feed.json", "w") as out:
    json.dump([{"@type": "JobPosting", "identifier": {"value": f"kb-{i}"}, "title": f"Baker {i}",
                "hiringOrganization": {"name": "Bakery"}, "datePosted": "2026-03-01",
                "jobLocation": {"geo": {"latitude": 51.05, "longitude": 3.71},
                                "address": {"addressLocality": "Ghent", "addressCountry": "BE"}},
                "baseSalary": {"currency": "EUR", "value": {"minValue": 15, "unitText": "HOUR"}}}
               for i in range(1, 501)], out, indent=1)
PYTHON

run() { # name, options of the demo...
    local name=$1
    shift
    ./offerstorm demo --data-dir "$work/$name" --exit-when-done "$@" >"$work/$name.txt" 2>&1 || {
        tail -60 "$work/$name.txt"
        die "the run of $name failed, or its tables differ"
    }
    nothing_left
    grep 'agree in every cell' "$work/$name.txt"
}
has() { # name, extended regular expression of a line
    grep -qE "$2" "$work/$1.txt" || { cat "$work/$1.txt"; die "$1: no line like $2"; }
}

./offerstorm inspect "$work/offres.csv.gz" --out "$work/mapping.yaml" >"$work/inspect.txt"
grep -q 'windows-1252' "$work/mapping.yaml" || { cat "$work/mapping.yaml"; die "not found to be windows-1252"; }
run french --offers "$work/offres.csv.gz" --mapping "$work/mapping.yaml"
has french '2,000 offers\.$'
has french '^UNKNOWN .* 40( |$)'
has french 'Métiers verts'

run proposed --offers "$work/offres.csv.gz"
has proposed 'A mapping was proposed for it'
for run in french proposed; do
    sed -n '/^Redis/,$p' "$work/$run.txt" | grep -E '^(AF|AN|AS|EU|NA|OC|SA|UNKNOWN|Total) ' >"$work/$run.table"
    [ -s "$work/$run.table" ] || die "the run of $run shows no table"
done
diff "$work/french.table" "$work/proposed.table" || die "the proposed mapping counts otherwise"

run common --offers "$work/feed.json" --mapping common
has common ' 500 offers\.$'
has common '^EU +500 +500( |$)'
