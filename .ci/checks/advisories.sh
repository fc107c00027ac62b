#!/usr/bin/env bash
# No module has a library with a known hole, as far as .ci/advisories.txt knows.
. "$(dirname "$0")/lib.sh.inc"

list=.ci/advisories.txt
find . -path '*/target/*.classpath' -exec cat {} + | tr ':' '\n' | sed 's|.*/||' | sort -u >"$work/jars"
[ "$(wc -l <"$work/jars")" -gt 100 ] || die "only $(wc -l <"$work/jars") libraries are known; run ./mvnw verify first"
older() { [ "$1" != "$2" ] && [ "$(printf '%s\n%s\n' "$1" "$2" | sort -V | head -n 1)" = "$1" ]; }
look() { # jars; what is found, and what nothing is found of
    local artifact fixed advisory what accepted versions version reason
    while IFS='|' read -r artifact fixed advisory what accepted; do
        read -r artifact <<<"$artifact" # without the blanks around it
        read -r fixed <<<"$fixed"
        read -r accepted <<<"$accepted"
        read -r advisory <<<"$advisory"
        read -r what <<<"$what"
        versions=$(sed -nE "s/^$artifact-([0-9].*)\.jar$/\1/p" "$1")
        [ -n "$versions" ] || echo "nobody has $artifact any more; take its line out of $list"
        for version in $versions; do
            # What is accepted may begin with the one version that it is accepted for.
            if [[ "$accepted" =~ ^[0-9][^:]*: && "$accepted" != "$version: "* ]]; then reason=; else reason=$accepted; fi
            if [ "$fixed" != none ] && ! older "$version" "$fixed"; then
                [ -z "$reason" ] || echo "$artifact $version closes $advisory; nothing is left to accept in $list"
            elif [ -z "$reason" ]; then
                echo "$artifact $version has $advisory ($what); take $fixed"
            fi
        done
    done < <(grep -v '^#' "$list")
}
# It finds what is older, or gone.
sed 's/^jedis-.*/jedis-7.0.0.jar/; /^undertow-core-/d' "$work/jars" >"$work/worse"
look "$work/worse" >"$work/found"
grep -q '^jedis 7.0.0 has jedis #4495' "$work/found" && grep -q '^nobody has undertow-core' "$work/found" ||
    die "the check is broken: $(cat "$work/found")"

look "$work/jars" >"$work/found"
[ ! -s "$work/found" ] || die "$(cat "$work/found")"
echo "$(wc -l <"$work/jars") libraries, $(grep -cv '^#' "$list") advisories"
