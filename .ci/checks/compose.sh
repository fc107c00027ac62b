#!/usr/bin/env bash
# deploy/docker: the compose file is well formed, the files that it mounts exist, its configuration is valid. No engine is needed.
. "$(dirname "$0")/lib.sh.inc"

cd deploy/docker
if ! command -v docker-compose >/dev/null && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get install -y --no-install-recommends docker-compose >"$work/apt.log" 2>&1 ||
        { apt-get update && apt-get install -y --no-install-recommends docker-compose; } >"$work/apt.log" 2>&1 || true
fi
if command -v docker-compose >/dev/null; then
    docker-compose -f compose.yaml config -q
    echo "compose.yaml is well formed: $(docker-compose version --short)"
elif docker compose version >/dev/null 2>&1; then
    docker compose -f compose.yaml config -q
    echo "compose.yaml is well formed: $(docker compose version --short)"
else
    die "neither docker-compose nor 'docker compose' is installed, and it cannot be installed (apt-get install docker-compose)"
fi

# Every variable of compose.yaml is in .env, and every image has a fixed version.
for name in $(grep -o '\${[A-Z_]*' compose.yaml | tr -d '${' | sort -u); do
    grep -q "^$name=." .env || die ".env has no $name"
done
while IFS= read -r image; do
    case $image in
        *:latest | *[!0-9a-z.:/-]*) die "$image is not pinned" ;;
        *:*[0-9].[0-9]*.[0-9]*) ;;
        *) die "$image is not pinned to a whole version" ;;
    esac
done < <(sed -n 's/^[A-Z]*_IMAGE=//p' .env)

# The jars have the version that the build makes; the mounted files exist.
version=$(sed -n 's|.*<version>\(.*\)</version>.*|\1|p' ../../pom.xml | head -n 1)
grep -q "^OFFERSTORM_JAR=.*offerstorm-topology-$version.jar$" .env || die "OFFERSTORM_JAR in .env is not of version $version"
grep -q "^DASHBOARD_JAR=.*offerstorm-dashboard-$version.jar$" .env || die "DASHBOARD_JAR in .env is not of version $version"
for file in storm.yaml offerstorm.yaml ../../conf/solr/offers/conf/solrconfig.xml; do
    [ -f "$file" ] || die "$file is missing"
done

cd ../..
./offerstorm config validate --config deploy/docker/offerstorm.yaml
