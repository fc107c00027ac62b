#!/usr/bin/env bash
# The mutants still fit the sources, and each says what must catch it. Running them takes half an hour: docs/mutants.md.
. "$(dirname "$0")/lib.sh.inc"

local/trials/src/mutants/run.sh --check >"$work/check.txt" || { cat "$work/check.txt"; die "a patch does not apply"; }
local/trials/src/mutants/run.sh --list >"$work/list.txt"
[ "$(grep -c 'caught by: ' "$work/list.txt")" -ge 10 ] || { cat "$work/list.txt"; die "fewer than ten mutants"; }
code=0
local/trials/src/mutants/run.sh no-such-mutant >"$work/out.txt" 2>&1 || code=$?
[ "$code" -eq 2 ] || { cat "$work/out.txt"; die "an unknown mutant: exit $code"; }
