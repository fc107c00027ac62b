#!/usr/bin/env bash
# deploy/monitoring with Debian's promtool: rules and configuration are valid, and the rules' unit tests pass. The live
# half, over a demo, is .ci/checks/nightly/monitoring.sh.
. "$(dirname "$0")/lib.sh.inc"

# Debian's package, unpacked: neither root nor a running service is needed.
install_prometheus() {
    local apt=(-o "Dir::State::lists=$work/apt/lists" -o "Dir::Cache=$work/apt/cache" -o Debug::NoLocking=1
        -o APT::Sandbox::User=root)
    mkdir -p "$work/apt/lists/partial" "$work/apt/cache/archives/partial"
    (cd "$work/apt" &&
        { apt-get download prometheus || { apt-get "${apt[@]}" update && apt-get "${apt[@]}" download prometheus; }; } &&
        dpkg -x prometheus_*.deb "$work/prometheus") >"$work/apt.log" 2>&1 ||
        { tail -5 "$work/apt.log"; die "prometheus is missing and cannot be unpacked (apt-get download prometheus)"; }
    PATH=$work/prometheus/usr/bin:$PATH
}
command -v prometheus >/dev/null && command -v promtool >/dev/null || install_prometheus

tool() { promtool "$@" >"$work/promtool.txt" 2>&1 || { cat "$work/promtool.txt"; die "promtool $*"; }; }
rules=deploy/monitoring
(cd "$rules" && tool check rules recording.rules.yml alerts.rules.yml && tool check config prometheus.yml &&
    tool test rules rules.test.yml)
echo "rules, configuration and the rules' tests are valid"
