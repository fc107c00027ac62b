#!/usr/bin/env bash
# The map of the house, read from the poms and sources: which module depends on which (production, then tests), and how
# large each is.
#
#   .ci/house.sh
set -euo pipefail
cd "$(dirname "$0")/.."

modules=$(sed -n 's:^    <module>\(.*\)</module>$:\1:p' pom.xml)

# Own modules that the pom of module $1 names, with scope test ($2 = test) or without ($2 = main).
dependencies() {
    awk -v wanted="$2" '
        /<dependency>/ { artifact = ""; scope = "main"; own = 0 }
        /<groupId>org.offerstorm</ { own = 1 }
        /<artifactId>/ && artifact == "" { artifact = $0; gsub(/.*<artifactId>offerstorm-|<\/artifactId>.*/, "", artifact) }
        /<scope>test</ { scope = "test" }
        /<exclusions>/ { skip = 1 }
        /<\/exclusions>/ { skip = 0 }
        /<\/dependency>/ && own && scope == wanted { print artifact }
    ' <(sed -n '/^  <dependencies>/,/^  <\/dependencies>/p' "$1/pom.xml") | sort -u | tr '\n' ' '
}

lines_and_median() {
    git ls-files "$1/src/$2" | grep '\.java$' | xargs -r wc -l | grep -v ' total$' | awk '{print $1}' | sort -n |
        awk '{ sum += $1; size[NR] = $1 } END { printf "%4d %7d %7d", NR, sum, NR ? size[int((NR + 1) / 2)] : 0 }'
}

printf '%-28s %4s %7s %7s  %4s %7s %7s\n' module files lines median tests lines median
for module in $modules; do
    printf '%-28s %s  %s\n' "$module" "$(lines_and_median "$module" main)" "$(lines_and_median "$module" test)"
done
echo
for module in $modules; do
    printf '%-28s -> %s\n' "$module" "$(dependencies "$module" main)"
    tests=$(dependencies "$module" test)
    [ -z "$tests" ] || printf '%-28s    tests: %s\n' '' "$tests"
done
