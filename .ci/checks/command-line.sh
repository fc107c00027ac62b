#!/usr/bin/env bash
# Exit codes and messages of a user's mistakes.
. "$(dirname "$0")/lib.sh.inc"

expect() { # code, pattern, command...
    local code=$1 pattern=$2 got=0
    shift 2
    "$@" >"$work/out.txt" 2>&1 </dev/null || got=$?
    [ "$got" -eq "$code" ] || { cat "$work/out.txt"; die "'$*' exited $got, not $code"; }
    grep -qE -- "$pattern" "$work/out.txt" || { cat "$work/out.txt"; die "'$*' does not say '$pattern'"; }
    if grep -qE '^\s+at [a-z]+\.' "$work/out.txt"; then cat "$work/out.txt"; die "'$*' shows a stack trace"; fi
}

expect 0 'demo' ./offerstorm --help
expect 0 '--exit-when-done' ./offerstorm demo --help
expect 0 '--rate' ./offerstorm produce --help
expect 0 'offerstorm [0-9]' ./offerstorm --version
expect 2 'cuonts' ./offerstorm cuonts
expect 2 '--format' ./offerstorm counts --format xml
expect 3 '127.0.0.1:1' ./offerstorm counts --redis redis://127.0.0.1:1
expect 3 '127.0.0.1:1' ./offerstorm produce test-data/offers.ndjson --bootstrap-servers 127.0.0.1:1
expect 2 'no-such-file' ./offerstorm produce no-such-file.ndjson --bootstrap-servers 127.0.0.1:1
expect 2 'no-such-file' ./offerstorm demo --offers no-such-file.csv --data-dir "$work/data" --exit-when-done
expect 2 '91' ./offerstorm classify 91 0
expect 2 "'xml' is not a choice; write text or json" ./offerstorm verify --format xml
expect 2 "'2 hours' is not a duration; write 90s, 5min or 2h" ./offerstorm verify --wait '2 hours'
expect 2 "'2 hours' is not a duration; write 90s, 5min or 2h" ./offerstorm kill --wait '2 hours'
expect 2 "'x' is not a whole number; write digits alone" ./offerstorm generate --count x
expect 0 'sound' ./offerstorm config validate --config conf/offerstorm.yaml
expect 0 'timeout: 2 s +# -c' ./offerstorm config show -c 'redis.timeout=2 s'
printf 'redis:\n  timout: 5 s\n' >"$work/wrong.yaml"
expect 2 "wrong.yaml:2:3: redis.timout: unknown key; did you mean 'timeout'" ./offerstorm config validate --config "$work/wrong.yaml"
expect 2 'source.epoch: 99 is too much' ./offerstorm counts -c source.epoch=99
expect 0 'EU' ./offerstorm classify 41.01 28.95
expect 0 'AS' ./offerstorm classify 41.02 29.03
expect 2 "'offerstorm counts --help'" ./offerstorm counts --formt csv
expect 2 'is not a port; write 1 to 65535' ./offerstorm demo --redis-port abc
expect 2 'kafka-port and --redis-port are both 9999' ./offerstorm demo --redis-port 9999 --kafka-port 9999
expect 3 'cannot write to /nope/x: no such directory' ./offerstorm generate --out /nope/x
expect 3 'cannot write to /dev/full: No space left' ./offerstorm generate --out /dev/full
expect 3 'cannot write to standard output: No space left' sh -c './offerstorm config reference >/dev/full'
# A closed pipe ends a command at once and quietly.
lines=$(./offerstorm generate --count 100000000 2>"$work/pipe.err" | head -n 1 | wc -l) || [ $? -eq 141 ]
[ "$lines" -eq 1 ] && [ ! -s "$work/pipe.err" ] || { cat "$work/pipe.err"; die 'generate into a closed pipe'; }
# Without a locale text is UTF-8.
env LC_ALL=C ./offerstorm counts --help >"$work/help.txt"
grep -q '×' "$work/help.txt" || die 'no UTF-8 without a locale'
# A Java that is too old: one message, before anything is built or started.
mkdir -p "$work/java/bin"
printf '#!/bin/sh\necho \047openjdk version "11.0.22" 2024-01-16\047 >&2\n' >"$work/java/bin/java"
chmod +x "$work/java/bin/java"
expect 3 "^offerstorm: $work/java/bin/java is too old \\(version openjdk version \"11.0.22\"" \
    env JAVA_HOME="$work/java" ./offerstorm lake run
grep -q '^Install JDK 17 or newer' "$work/out.txt" && [ "$(grep -c '' "$work/out.txt")" -eq 3 ] ||
    { cat "$work/out.txt"; die 'an older Java: not one message'; }
nothing_left
