#!/usr/bin/env bash
# The shaded jar is fit for 'storm jar': nothing that a worker brings itself, and everything that it does not.
. "$(dirname "$0")/lib.sh.inc"

jar=$(find topology/target -maxdepth 1 -name 'offerstorm-topology-*.jar' ! -name '*-classes.jar' ! -name '*-tests.jar')
[ -f "$jar" ] || die "no topology jar; run ./mvnw verify first"
jar tf "$jar" >"$work/list"

forbidden='^org/slf4j/|^org/apache/logging/|^org/apache/log4j/|^com/esotericsoftware/|^com/codahale/metrics/[A-Z]|^defaults\.yaml$|^log4j2?\.(xml|properties)$|^META-INF/.*\.(SF|RSA|DSA)$'
if grep -E "$forbidden" "$work/list"; then die "these belong to the worker, not into $jar"; fi
# storm-kafka-client and storm-redis are ours to bring; nothing else of Storm is.
if grep -E '^org/apache/storm/[^/]+/?' "$work/list" | grep -vE '^org/apache/storm/(kafka|redis)/|^org/apache/storm/$'; then
    die "Storm's own classes are in $jar"
fi
for needed in org/offerstorm/topology/Main.class org/apache/hadoop/hdfs/DistributedFileSystem.class \
    conf/offerstorm.yaml conf/professions.csv conf/offer.avsc org/offerstorm/sinks/hdfs/offer-1.avsc \
    conf/redis/apply-chunk.lua conf/redis/probe.lua conf/postgres/V1__offers.sql \
    conf/solr/offers/conf/schema.xml conf/solr/offers/conf/solrconfig.xml META-INF/LICENSE META-INF/NOTICE; do
    grep -qx "$needed" "$work/list" || die "$needed is missing in $jar"
done
mkdir "$work/x"
(cd "$work/x" && jar xf "$OLDPWD/$jar" META-INF/services META-INF/MANIFEST.MF)
grep -q DistributedFileSystem "$work/x/META-INF/services/org.apache.hadoop.fs.FileSystem" || die "services are not merged"
grep -q 'Main-Class: org.offerstorm.topology.Main' "$work/x/META-INF/MANIFEST.MF" || die "no Main-Class"
[ -z "$(sort "$work/list" | grep '\.class$' | uniq -d)" ] || die "classes are twice in $jar"
sbom=META-INF/sbom/offerstorm-topology.cdx.json
(cd "$work/x" && jar xf "$OLDPWD/$jar" "$sbom")
python3 - "$work/x/$sbom" <<'PYTHON' || die "$sbom in $jar does not name what is in it"
import json, sys
names = {part["name"] for part in json.load(open(sys.argv[1]))["components"]}
sys.exit(not {"kafka-clients", "jedis", "solr-solrj", "hadoop-client-runtime"} <= names)
PYTHON
echo "$(grep -c '\.class$' "$work/list") classes, $(du -h "$jar" | cut -f1)"
