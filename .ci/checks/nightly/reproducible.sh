#!/usr/bin/env bash
# The jars that people are given are built twice, in two directories: the same bytes.
. "$(dirname "$0")/../lib.sh.inc"

version=$(sed -n 's:^  <version>\(.*\)</version>$:\1:p' pom.xml | head -n 1)
jars=("topology/target/offerstorm-topology-$version.jar" "dashboard/target/offerstorm-dashboard-$version.jar"
    "deploy/solr/target/offerstorm-solr-$version.jar")
for tree in one another/place; do
    mkdir -p "$work/$tree"
    git archive HEAD | tar -x -C "$work/$tree"
    (cd "$work/$tree" && ./mvnw -B -q --no-transfer-progress -Dmaven.test.skip=true package -pl topology,dashboard -am) \
        >"$work/build.txt" 2>&1 || { tail -30 "$work/build.txt"; die 'the build failed'; }
done
for jar in "${jars[@]}"; do
    cmp "$work/one/$jar" "$work/another/place/$jar" || die "$jar is different"
    sha256sum "$work/one/$jar" | sed "s: $work/one/: :"
done
