#!/usr/bin/env bash
# The live page and the search page in Chromium: live cells, filters, outages, keyboard, colours, hostile names; typing,
# facets, map, Back, sharing; the ways between the pages, the pipeline, axe, sizes of type, a proxy in front. Writes the README's pictures.
. "$(dirname "$0")/lib.sh.inc"

chromium=$(command -v chromium || command -v chromium-browser || true)
if [ -z "$chromium" ]; then
    { apt-get update && apt-get install -y --no-install-recommends chromium; } >"$work/apt.log" 2>&1 || {
        tail -5 "$work/apt.log"
        die "Chromium is missing and cannot be installed; install it, then run this again"
    }
    chromium=$(command -v chromium)
fi
export PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1
./mvnw -B --no-transfer-progress -Pbrowser -pl dashboard -am test \
    -Dtest='DashboardPageTest,LakePageTest,DetailsPageTest,SearchPageTest,PagesTest,PipelinePageTest,KeysPageTest' -Dsurefire.failIfNoSpecifiedTests=false \
    -DargLine="-Xmx1g -Dofferstorm.chromium=$chromium" >"$work/browser.log" 2>&1 || {
    grep -E 'Tests run|ERROR' "$work/browser.log" | head -40
    die "the page fails in the browser"
}
grep 'Tests run' "$work/browser.log" | tail -1
