#!/usr/bin/env bash
# The pipeline over the closed wires of 'cluster up --secure': Kafka, Redis, Solr and PostgreSQL with TLS, certificates on
# both sides, logins, and for each command the rights of its role alone. Nobody gets in without; nobody's secret is in a
# file of the cluster but its own, in its logs or in the arguments of a process; a wrong certificate holds the stream, and
# it continues when the right one is back.
. "$(dirname "$0")/lib.sh.inc"

dir=$work/cluster
keys=$dir/secure
tls=$work/tls
cluster() { local command=$1; shift; ./offerstorm cluster "$command" --dir "$dir" "$@"; }
end() {
    [ ! -d "$dir" ] || cluster down >"$work/end.txt" 2>&1 || cat "$work/end.txt" >&2
    finish
}
trap end EXIT
run() { "$@" >"$work/out.txt" 2>&1 || { cat "$work/out.txt"; die "failed: $*"; }; }
role_of() { # command
    case $1 in
        setup | ingest | dashboard) echo "$1" ;;
        produce) echo producer ;;
        verify | counts | status | trace) echo verifier ;;
        dlq) echo operator ;;
        *) echo worker ;;
    esac
}
offerstorm() { # words of a command, arguments: with the rights that this command needs, and no others
    local words=("$1")
    shift
    case ${words[0]} in dlq | config) words+=("$1"); shift ;; esac
    ./offerstorm "${words[@]}" --config "$dir/offerstorm.yaml" --config "$keys/roles/$(role_of "${words[0]}").yaml" \
        -c sinks=redis,solr,postgres,changes "$@"
}
says() { # text, command...: the command fails, and this is why
    local text=$1
    shift
    ! "$@" >"$work/out.txt" 2>&1 || { cat "$work/out.txt"; die "succeeds: $*"; }
    grep -qF -- "$text" "$work/out.txt" || { cat "$work/out.txt"; die "does not say '$text': $*"; }
}
port_of() { sed -n "s/^$1=//p" "$dir/ports"; }
command -v openssl >/dev/null || apt-get install -y --no-install-recommends openssl >"$work/apt.log" 2>&1 ||
    { apt-get update && apt-get install -y --no-install-recommends openssl; } >"$work/apt.log" 2>&1 ||
    { cat "$work/apt.log"; die "there is no openssl"; }

run cluster up --secure --with postgres
run offerstorm setup
run offerstorm doctor
! grep -E '^(warn|FAIL)' "$work/out.txt" || die "doctor is not content"
run offerstorm submit
./offerstorm generate --count 2000 --seed 1 --out "$work/offers.ndjson" 2>/dev/null
run offerstorm produce "$work/offers.ndjson"
run offerstorm verify --wait 120s
run offerstorm counts
run offerstorm status
run offerstorm trace "$(sed -n '0,/"id":"/s/.*"id":"\([^"]*\)".*/\1/p' "$work/offers.ndjson")"
run offerstorm dlq ls
grep -m 2 -oE '^ *[0-9]+@[0-9]+' "$work/out.txt" | tr -d ' ' >"$work/letters.txt"
run offerstorm dlq replay --force "$(sed -n 1p "$work/letters.txt")"
run offerstorm dlq drop --yes "$(sed -n 2p "$work/letters.txt")"
run offerstorm verify --wait 120s
echo "  set-up, doctor, submit, produce, verify, counts, status, trace, dlq, each with its role's rights ($SECONDS s)"

dashboard_port=$(free_port)
offerstorm dashboard --port "$dashboard_port" >"$work/dashboard.txt" 2>&1 &
pids+=($!)
ingest_port=$(free_port)
offerstorm ingest --port "$ingest_port" >"$work/ingest.txt" 2>&1 &
pids+=($!)
await() { # words..., seconds are at most 120
    local waited
    for ((waited = 0; waited < 120; waited++)); do
        ! "$@" >"$work/out.txt" 2>&1 || return 0
        sleep 1
    done
    cat "$work/dashboard.txt" "$work/ingest.txt" "$work/out.txt"
    die "not after two minutes: $*"
}
get() { curl -fsS "http://127.0.0.1:$1"; }
await get "$dashboard_port/api/counts"
await get "$dashboard_port/api/offers?q=sales"
await get "$dashboard_port/api/storage"
grep -q '"title":"Kafka","state":"known"' "$work/out.txt" || { cat "$work/out.txt"; die "the dashboard does not know the topics' sizes"; }
await get "$ingest_port/ready"
head -n 1 "$work/offers.ndjson" | run curl -fsS -H 'Content-Type: application/json' -H 'Idempotency-Key: a-key-of-a-test' \
    --data-binary @- "http://127.0.0.1:$ingest_port/offers"
run offerstorm verify --wait 120s
echo "  the dashboard and ingest, with their roles' rights ($SECONDS s)"

# Without a name, without a certificate, without TLS.
mkdir -p "$tls"
openssl pkcs12 -in "$keys/client.p12" -passin "file:$keys/store.password" -nodes -out "$tls/client.pem" 2>/dev/null
solr=127.0.0.1:$(port_of solr)/solr/offers/select
answers() { # what curl says, arguments...
    local wanted=$1
    shift
    [ "$(curl -s -o "$work/out.txt" -w '%{http_code}' "$@" || true)" = "$wanted" ] || die "not $wanted: curl $*"
}
answers 200 --cacert "$keys/ca.pem" --cert "$tls/client.pem" \
    -u "offerstorm-verifier:$(cat "$keys/passwords/offerstorm-verifier")" "https://$solr?q=id:1"
answers 401 --cacert "$keys/ca.pem" --cert "$tls/client.pem" "https://$solr?q=id:1"
answers 403 --cacert "$keys/ca.pem" --cert "$tls/client.pem" \
    -u "offerstorm-dashboard:$(cat "$keys/passwords/offerstorm-dashboard")" \
    "https://127.0.0.1:$(port_of solr)/solr/offers/update?commit=true"
answers 000 --cacert "$keys/ca.pem" "https://$solr?q=id:1"
answers 000 "http://$solr?q=id:1"
says "NOAUTH" offerstorm doctor -c "redis.uri=rediss://127.0.0.1:$(port_of redis)"
says "requires a client certificate" offerstorm doctor -c security.tls.key-store=none
says "password" offerstorm doctor -c "postgres.url=postgresql://offerstorm@127.0.0.1:$(port_of postgres)/offerstorm?sslmode=verify-full"

# What is wrong is named, with its fix.
authority() { # name
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj "/CN=$1" \
        -keyout "$tls/$1.key" -out "$tls/$1.pem" 2>>"$work/openssl.txt"
}
authority foreign
# The same bytes at an address that is in no certificate.
forwards=()
for server in redis solr; do
    python3 - "$(port_of "$server")" <<'PYTHON' &
import asyncio, sys
port = int(sys.argv[1])
async def copy(reader, writer):
    try:
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    except ConnectionError:
        pass
    finally:
        writer.close()
async def serve(reader, writer):
    there, back = await asyncio.open_connection("127.0.0.1", port)
    await asyncio.gather(copy(reader, back), copy(there, writer))
async def main():
    async with await asyncio.start_server(serve, "127.0.0.2", port) as server:
        await server.serve_forever()
asyncio.run(main())
PYTHON
    forwards+=($!)
    pids+=($!)
done
elsewhere() { # option's last name: its value, at that address
    sed -n "s/^  $1: '\(.*\)'$/\1/p" "$dir/secure/roles/worker.yaml" | sed 's/@127.0.0.1:/@127.0.0.2:/'
}
says "certificate is for another host" offerstorm doctor -c "redis.uri=$(elsewhere uri)"
says "certificate is for another host" offerstorm doctor -c "solr.url=$(elsewhere url)"
kill "${forwards[@]}"
wait "${forwards[@]}" 2>/dev/null || true
says "is not trusted" offerstorm doctor -c "security.tls.trust-store=$tls/foreign.pem"
says "does not open with its password" offerstorm doctor -c "security.tls.key-store-password=\${file:$keys/passwords/offerstorm}"
says "Nothing is submitted" offerstorm submit -c "redis.uri=rediss://ann:word@127.0.0.1:$(port_of redis)"
says "this user may not read" offerstorm doctor --config "$keys/roles/producer.yaml"
grep -qF -- "--operation read --topic offers" "$work/out.txt" || { cat "$work/out.txt"; die 'the right is not named'; }
echo "  who has no name, no certificate or no right is refused; what is wrong is named with its fix ($SECONDS s)"

# Storm keeps the topology compressed. Files come and go meanwhile, so the output counts and not the exit code.
files_with() { # file with texts
    find "$dir" -path "$keys" -prune -o -type f -exec zgrep -lF -f "$1" {} + 2>/dev/null || true
}
processes_with() { grep -lF -f "$1" /proc/[0-9]*/cmdline /proc/[0-9]*/environ 2>/dev/null || true; }
echo "127.0.0.1:$(port_of kafka-1)" >"$work/address.txt"
[ -n "$(files_with "$work/address.txt")" ] || die "the search finds not even an address in the topology"
for file in "$keys"/passwords/* "$keys/store.password"; do
    echo "$(cat "$file")"
done >"$work/secrets.txt"
[ "$(grep -cE '^[0-9a-f]{36}$' "$work/secrets.txt")" = "$(wc -l <"$work/secrets.txt")" ] || die "these are no secrets"
[ -z "$(files_with "$work/secrets.txt")" ] || die "a secret is in $(files_with "$work/secrets.txt")"
[ -z "$(processes_with "$work/secrets.txt")" ] || die "a secret is in $(processes_with "$work/secrets.txt")"
for command in "config show" plan status; do
    # shellcheck disable=SC2086 # two words
    run offerstorm $command
    cat "$work/out.txt" >>"$work/answers.txt"
done
! grep -qF -f "$work/secrets.txt" "$work/answers.txt" || die "a secret is in an answer"
[ -z "$(find "$keys" -type f -not -path '*/roles/*' -perm /077)" ] || die "others may read $(find "$keys" -perm /077)"
echo "  no secret in files, logs, arguments and answers ($SECONDS s)"

# The certificate of another authority; open connections end with their server, and no new one is made.
openssl pkcs12 -export -in "$tls/foreign.pem" -inkey "$tls/foreign.key" -name user \
    -passout "file:$keys/store.password" -out "$tls/wrong.p12"
cp "$keys/client.p12" "$tls/right.p12"
cp "$tls/wrong.p12" "$keys/client.p12"
run cluster stop redis
run cluster start redis
./offerstorm generate --count 2000 --seed 2 --out "$work/offers.ndjson" 2>/dev/null
run offerstorm produce "$work/offers.ndjson" -c "security.tls.key-store=$tls/right.p12"
held=
for ((i = 0; i < 60; i++)); do
    offerstorm status -c "security.tls.key-store=$tls/right.p12" >"$work/status.txt" 2>&1 || true
    ! grep -qF "key-store" "$work/status.txt" || { held=yes; break; }
    sleep 1
done
[ -n "$held" ] || { cat "$work/status.txt"; die "the stream does not say that its certificate is refused"; }
cp "$tls/right.p12" "$keys/client.p12"
run offerstorm verify --wait 120s
echo "  a refused certificate held the stream; with the right one it continued by itself: verify clean ($SECONDS s)"
run offerstorm kill --drain
