#!/usr/bin/env bash
# Machines that are not like a developer's: their locale, digits, user, host name, mounts and line ends.
. "$(dirname "$0")/lib.sh.inc"

# --- Line ends: a checkout as Git for Windows makes it -----------------------------------------------------------
if git rev-parse --git-dir >/dev/null 2>&1; then
    git clone -q -c core.autocrlf=true -c core.eol=crlf . "$work/clone"
    # Files that are bytes (-text) are as they were made; some are made with CRLF.
    (cd "$work/clone" && git ls-files --eol) | awk '$2 ~ /crlf|mixed/ && $3 != "attr/-text" && $NF !~ /\.cmd$/' \
        >"$work/crlf.txt"
    [ ! -s "$work/crlf.txt" ] || { cat "$work/crlf.txt"; die 'files with CRLF in a checkout; see .gitattributes'; }
    rm -rf "$work/clone"
fi

# --- Locales that are not installed, or none: file names and output are UTF-8 ------------------------------------
./offerstorm --version >/dev/null
printf 'topology:\n  name: offérs\n' >"$work/café.yaml"
for locale in LC_ALL=de_DE.UTF-8@none LC_ALL=xx_YY LC_CTYPE=UTF-8 LANG=C LC_ALL=POSIX NONE=1; do
    code=0
    env -u LC_ALL -u LC_CTYPE -u LANG "$locale" ./offerstorm config validate --config "$work/café.yaml" \
        >"$work/out.txt" 2>&1 || code=$?
    [ "$code" -eq 2 ] && grep -q "café.yaml:2:9: topology.name: 'offérs' will not do" "$work/out.txt" ||
        { cat "$work/out.txt"; die "with $locale: exit $code"; }
done

# --- Everything at once, as far as this machine lets us: the demo must not notice --------------------------------
data=$work/dätä
mkdir "$data"
machine=(env -u LC_CTYPE -u LANG LC_ALL=xx_YY "OFFERSTORM_JAVA_OPTS=-Duser.language=fa -Duser.country=IR")
root=no
# A host name without an address; a uid without a name, which may read what root can (the jars are in its home).
stranger=(unshare -um sh -c 'hostname name-without-address && exec "$@"' sh
    setpriv --reuid 54321 --regid 54321 --clear-groups --inh-caps +dac_read_search --ambient-caps +dac_read_search)
if [ "$(id -u)" -eq 0 ] && "${stranger[@]}" true >"$work/stranger.txt" 2>&1; then
    root=yes
    chmod 755 "$work"
    chown 54321:54321 "$data"
    machine+=("${stranger[@]}")
else
    echo "not root, or not all of its rights: the host name and the user are as usual; $(cat "$work/stranger.txt" 2>/dev/null)"
fi
"${machine[@]}" ./offerstorm demo --data-dir "$data/demo" --exit-when-done >"$work/demo.txt" 2>&1 ||
    { cat "$work/demo.txt"; die "the demo fails: $?"; }
grep -q 'Redis, Solr, HDFS agree in every cell: 1,425 offers.' "$work/demo.txt" || { cat "$work/demo.txt"; die 'no table'; }

# --- A directory from which no program runs ----------------------------------------------------------------------
if [ $root = yes ]; then
    mkdir "$work/noexec"
    for command in 'demo --exit-when-done --data-dir' 'cluster up --dir'; do
        code=0
        # shellcheck disable=SC2086 # a list
        unshare -m sh -c 'mount -t tmpfs -o noexec none "$0" && exec "$@"' "$work/noexec" \
            ./offerstorm $command "$work/noexec/data" >"$work/out.txt" 2>&1 || code=$?
        [ "$code" -eq 3 ] && grep -q 'mounted noexec' "$work/out.txt" || { cat "$work/out.txt"; die "$command: exit $code"; }
    done
fi
nothing_left
