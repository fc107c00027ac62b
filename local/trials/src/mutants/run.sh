#!/usr/bin/env bash
# Mutants: the product with one guarantee broken, each of which a test or the end-to-end checker must catch.
#
#   local/trials/src/mutants/run.sh [--list | --check] [--keep] [NAME…]      all of them if none is named
#
# --list explains them, --check only checks whether the patches still apply, --keep keeps the copy and all output.
#
# It works on a copy of the tree and its build output. First the catchers run on the unchanged copy and must be green.
# Then each mutant's patch is applied, and its catcher runs again and must be red in the way that the patch says; then
# the patch is reverted. A patch begins with
#
#   Breaks:     what the mutant does wrong
#   Guarantee:  the guarantee that this breaks
#   Catcher:    test CLASS             a test class of any module
#               pipeline N             N generated records through a cluster of processes, then 'verify'
#               chaos OPTIONS          './offerstorm chaos OPTIONS'
#   Expect:     extended regular expression; a line of the command's output must match it (of a test: of a failed test)
#
# Exit code: 0 all caught, 1 one survived, 2 usage or a patch that does not apply, 3 a command is red without a mutant,
# or a mutant cannot be built.
set -euo pipefail
set -m # each command that catches is a process group, and ends as a whole

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
root=$(CDPATH='' cd -- "$here/../../../.." && pwd -P)
names=()
list=false
check=false
keep=false
for word in "$@"; do
    case $word in
        --list) list=true ;;
        --check) check=true ;;
        --keep) keep=true ;;
        -*) sed -n '4p' "$0" | sed 's/^# *//' >&2; exit 2 ;;
        *) names+=("$word") ;;
    esac
done
if [ ${#names[@]} -eq 0 ]; then
    for patch in "$here"/*.patch; do
        patch=${patch##*/}
        names+=("${patch%.patch}")
    done
fi

die() { echo "$2" >&2; exit "$1"; }
field() { sed -n "1,/^$/s/^$2: *//p" "$here/$1.patch"; }
for name in "${names[@]}"; do
    [ -f "$here/$name.patch" ] || die 2 "there is no mutant $name; --list shows all"
    [ -n "$(field "$name" Catcher)" ] && [ -n "$(field "$name" Expect)" ] || die 2 "$name.patch has no Catcher or Expect"
done
if $list; then
    for name in "${names[@]}"; do
        printf '%-24s %s\n%24s breaks: %s\n%24s caught by: %s\n' \
            "$name" "$(field "$name" Breaks)" '' "$(field "$name" Guarantee)" '' "$(field "$name" Catcher)"
    done
    exit 0
fi

if $check; then
    for name in "${names[@]}"; do
        (cd "$root" && git apply --check "$here/$name.patch") || die 2 "$name.patch does not apply"
    done
    echo "${#names[@]} patches apply"
    exit 0
fi

work=$(mktemp -d)
work=$(CDPATH='' cd -- "$work" && pwd -P)
tree=$work/tree
cluster=$work/cluster
export GIT_CEILING_DIRECTORIES=$work
# Compile only what a patch touched; a mutant changes no signature.
export MAVEN_ARGS="${MAVEN_ARGS:-} -Dmaven.compiler.useIncrementalCompilation=false"
unset OFFERSTORM_CONFIG

running=
finish() {
    trap - INT TERM
    if [ -n "$running" ]; then
        kill -- "-$running" 2>/dev/null || true
        wait "$running" 2>/dev/null || true
    fi
    cluster_down
    $keep && echo "kept: $work" >&2 || rm -rf "$work"
}
cluster_down() {
    if [ -d "$cluster" ]; then
        (cd "$tree" && ./offerstorm cluster down --delete-data --dir "$cluster") >"$work/down.log" 2>&1 </dev/null ||
            cat "$work/down.log" >&2
    fi
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# --- The copy ----------------------------------------------------------------------------------------------------

mkdir "$tree"
(cd "$root" && git ls-files -coz --exclude-standard | while IFS= read -r -d '' file; do
    [ ! -e "$file" ] || printf '%s\0' "$file"
done | tar --null -T - -cf -) | tar -xf - -C "$tree"
for pom in "$root"/*/pom.xml "$root"/*/*/pom.xml "$root"/*/*/*/pom.xml; do
    module=$(dirname "${pom#"$root"/}")
    if [ -d "$root/$module/target" ]; then
        cp -a "$root/$module/target" "$tree/$module/"
        rm -rf "$tree/$module/target/surefire-reports"
    fi
done
rm -f "$tree/local/trials/target/offerstorm.stamp" # it names the original

# --- The commands that catch -------------------------------------------------------------------------------------

module_of() {
    local file
    file=$(cd "$tree" && find . -path '*/src/test/java/*' -name "$1.java" | head -n 1)
    [ -n "$file" ] || die 2 "there is no test class $1"
    file=${file#./}
    echo "${file%%/src/*}"
}

# Test classes $2, separated by commas, of module $1.
tests() {
    cd "$tree"
    ./mvnw -q -B -pl "$1" -am test -Dtest="$2" -Dsurefire.failIfNoSpecifiedTests=false
}

# Runs a catcher; its output goes to file $1, its exit code is returned.
catch() {
    local out=$1 kind=$2
    shift 2
    case $kind in
        tests) tests "$1" "$2" >"$out" 2>&1 </dev/null & ;;
        test) tests "$(module_of "$1")" "$1" >"$out" 2>&1 </dev/null & ;;
        pipeline) pipeline "$1" >"$out" 2>&1 </dev/null & ;;
        chaos) (cd "$tree" && exec ./offerstorm chaos "$@") >"$out" 2>&1 </dev/null & ;;
        *) die 2 "no such catcher: $kind" ;;
    esac
    running=$!
    local code=0
    wait "$running" || code=$?
    running=
    return "$code"
}

# A new cluster, so many records through it, and the verdict of 'verify'; exit code 4: a step before 'verify' failed.
pipeline() {
    local code=0
    cd "$tree"
    cluster_down
    ./offerstorm generate --seed 7 --count "$1" --out "$work/offers.ndjson" || return 4
    ./offerstorm cluster up --dir "$cluster" || return 4
    export OFFERSTORM_CONFIG=$cluster/offerstorm.yaml
    ./offerstorm setup || return 4
    ./offerstorm submit || return 4
    ./offerstorm produce "$work/offers.ndjson" || return 4
    ./offerstorm verify --wait 300s || code=$?
    cluster_down
    return "$code"
}

# The line that shows how a mutant was caught; nothing if it was not caught, or in another way.
evidence() {
    local name=$1 out=$2 kind=$3
    case $kind in
        # Surefire's summary: failures, and errors of a test, not of the build.
        test) grep -E '^\[ERROR\] +([A-Za-z]*Test|.*Contract)[.>»]' "$out" | grep -E -m 1 -- "$(field "$name" Expect)" ;;
        *) grep -E -m 1 -- "$(field "$name" Expect)" "$out" ;;
    esac | tr -d '\r' | sed -e 's/^\[ERROR\] *//' -e 's/^ *//' | cut -c 1-150 || true
}

seconds() { date +%s; }

# --- Without a mutant: green -------------------------------------------------------------------------------------

mapfile -t catchers < <(for name in "${names[@]}"; do field "$name" Catcher; done | sort -u)
green() {
    local label=$1
    shift
    local begin code=0
    begin=$(seconds)
    catch "$work/green.log" "$@" || code=$?
    if [ "$code" -ne 0 ]; then
        tail -n 40 "$work/green.log" >&2
        die 3 "without a mutant, '$label' ends with exit code $code"
    fi
    printf 'green    %-64s %4d s\n' "$label" $(($(seconds) - begin))
}
# The tests of a module in one go.
declare -A tests_of=()
for catcher in "${catchers[@]}"; do
    case $catcher in
        test\ *)
            module=$(module_of "${catcher#test }")
            tests_of[$module]=${tests_of[$module]:+${tests_of[$module]},}${catcher#test }
            ;;
    esac
done
for module in "${!tests_of[@]}"; do
    green "tests of $module: ${tests_of[$module]}" tests "$module" "${tests_of[$module]}"
done
for catcher in "${catchers[@]}"; do
    # shellcheck disable=SC2086 # words
    case $catcher in test\ *) ;; *) green "$catcher" $catcher ;; esac
done

# --- With each: red ----------------------------------------------------------------------------------------------

: >"$work/table"
survivors=0
for name in "${names[@]}"; do
    patch=$here/$name.patch
    (cd "$tree" && git apply --whitespace=nowarn "$patch") || die 2 "$name.patch does not apply"
    catcher=$(field "$name" Catcher)
    begin=$(seconds)
    code=0
    # shellcheck disable=SC2086 # words
    catch "$work/$name.log" $catcher || code=$?
    took=$(($(seconds) - begin))
    if grep -q 'COMPILATION ERROR' "$work/$name.log"; then
        grep -m 5 'ERROR' "$work/$name.log" >&2
        die 3 "$name does not compile"
    fi
    # shellcheck disable=SC2086 # words
    how=$(evidence "$name" "$work/$name.log" $catcher)
    if [ "$code" -eq 1 ] && [ -n "$how" ]; then
        verdict=caught
    elif [ "$code" -gt 1 ]; then
        tail -n 40 "$work/$name.log" >&2
        die 3 "with $name, '$catcher' ends with exit code $code, which proves nothing"
    else
        verdict=SURVIVED
        survivors=$((survivors + 1))
        how="exit code $code, and no line like /$(field "$name" Expect)/"
        [ "$code" -eq 0 ] || tail -n 20 "$work/$name.log" >&2
    fi
    printf '%-8s %-24s %-64s %4d s\n         %s\n' "$verdict" "$name" "$catcher" "$took" "$how"
    printf '| %s | %s | `%s` | %s: `%s` | %d s |\n' \
        "$name" "$(field "$name" Guarantee)" "$catcher" "$verdict" "${how//|/\\|}" "$took" >>"$work/table"
    (cd "$tree" && git apply -R --whitespace=nowarn "$patch")
done

echo
echo '| mutant | guarantee | caught by | how | time |'
echo '|---|---|---|---|---|'
cat "$work/table"
echo
echo "${#names[@]} mutants, $((${#names[@]} - survivors)) caught, $survivors survived"
[ "$survivors" -eq 0 ]
