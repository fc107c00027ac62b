#!/usr/bin/env bash
# The pipeline over closed wires: Kafka with TLS, client certificates, SCRAM and rights by role, Redis and Solr behind
# TLS that asks for a client certificate; all by one block of the configuration. Nobody's secret is in a file of the
# cluster, in its logs or in the arguments of a process; a wrong certificate holds the stream, and it continues when
# the right one is back.
. "$(dirname "$0")/lib.sh.inc"

dir=$work/cluster
tls=$work/tls
checks=$(cd "$(dirname "$0")" && pwd)
cluster() { local command=$1; shift; ./offerstorm cluster "$command" --dir "$dir" "$@"; }
end() {
    [ ! -d "$dir" ] || cluster down >"$work/end.txt" 2>&1 || cat "$work/end.txt" >&2
    finish
}
trap end EXIT
run() { "$@" >"$work/out.txt" 2>&1 || { cat "$work/out.txt"; die "exit $? of: $*"; }; }
offerstorm() { # command, arguments: with everything closed, and the rights that this command needs
    local command=$1 role
    shift
    case $command in
        setup) role=setup ;;
        produce) role=producer ;;
        verify | counts | status | trace) role=verifier ;;
        dlq) role=operator ;;
        *) role=worker ;;
    esac
    ./offerstorm "$command" --config "$dir/offerstorm.yaml" --config "$work/secure.yaml" --config "$work/$role.yaml" "$@"
}
operator() { # two words of a command, arguments
    ./offerstorm "$1" "$2" --config "$dir/offerstorm.yaml" --config "$work/secure.yaml" --config "$work/operator.yaml" "${@:3}"
}
says() { # text, command...: the command fails, and this is why
    local text=$1
    shift
    ! "$@" >"$work/out.txt" 2>&1 || { cat "$work/out.txt"; die "succeeds: $*"; }
    grep -qF -- "$text" "$work/out.txt" || { cat "$work/out.txt"; die "does not say '$text': $*"; }
}
command -v openssl >/dev/null || apt-get install -y --no-install-recommends openssl >"$work/apt.log" 2>&1 ||
    { apt-get update && apt-get install -y --no-install-recommends openssl; } >"$work/apt.log" 2>&1 ||
    { cat "$work/apt.log"; die "there is no openssl"; }

# Two authorities; the second one is nobody's.
mkdir -p "$tls" "$work/broker"
word=w$(openssl rand -hex 16)
printf '%s\n' "$word" >"$tls/kafka.password"
key_word=k$(openssl rand -hex 16)
printf '%s\n' "$key_word" >"$tls/key.password"
authority() { # name
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj "/CN=$1" \
        -keyout "$tls/$1.key" -out "$tls/$1.pem" 2>>"$work/openssl.txt"
}
certificate() { # name, authority, subject's alternative name
    openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=$1" -keyout "$tls/$1.key" \
        -out "$tls/$1.csr" 2>>"$work/openssl.txt"
    openssl x509 -req -in "$tls/$1.csr" -CA "$tls/$2.pem" -CAkey "$tls/$2.key" -days 2 -out "$tls/$1.crt" \
        -extfile <(echo "subjectAltName=$3") 2>>"$work/openssl.txt"
}
client() { # name: key and certificate in one file, the key encrypted
    openssl pkcs8 -topk8 -in "$tls/$1.key" -passout "pass:$key_word" -out "$tls/$1.p8"
    cat "$tls/$1.p8" "$tls/$1.crt" >"$tls/$1.both"
}
authority ca
authority foreign
certificate server ca DNS:localhost
certificate right ca DNS:client
certificate wrong foreign DNS:client
client right
client wrong
cp "$tls/right.both" "$tls/client.pem"
openssl pkcs12 -export -in "$tls/server.crt" -inkey "$tls/server.key" -name server -passout pass:changeit \
    -out "$tls/server.p12"

# TLS in front of a server, for clients of the authority alone.
front() { # port, port of the server
    python3 - "$1" "$2" "$tls" <<'PYTHON' &
import asyncio, ssl, sys
tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile=sys.argv[3] + "/ca.pem")
tls.load_cert_chain(sys.argv[3] + "/server.crt", sys.argv[3] + "/server.key")
tls.verify_mode = ssl.CERT_REQUIRED
async def copy(reader, writer):
    try:
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    except (ConnectionError, ssl.SSLError):
        pass
    finally:
        writer.close()
async def serve(reader, writer):
    try:
        there, back = await asyncio.open_connection("127.0.0.1", int(sys.argv[2]))
    except OSError:
        writer.close()
        return
    await asyncio.gather(copy(reader, back), copy(there, writer))
async def main():
    async with await asyncio.start_server(serve, "127.0.0.1", int(sys.argv[1]), ssl=tls) as server:
        await server.serve_forever()
asyncio.run(main())
PYTHON
    front=$!
    pids+=("$front")
}
KAFKA_ACLS=echo deploy/security/kafka-acls.sh >"$work/acls.txt"
kafka=$(free_port)
redis=$(free_port)
solr=$(free_port)
"${JAVA_HOME:+$JAVA_HOME/bin/}java" -Xmx512m -cp "$(cat local/trials/target/offerstorm.classpath)" \
    "$checks/SecureKafka.java" "$work/broker" "$kafka" "$tls/server.p12" "$tls/ca.pem" changeit \
    "$tls/kafka.password" "$work/acls.txt" >"$work/broker.log" 2>&1 &
broker=$!
pids+=("$broker")
run cluster up
port_of() { sed -n "s/^$1=//p" "$dir/ports"; }
front "$solr" "$(port_of solr)"
front "$redis" "$(port_of redis)"
for ((i = 0; i < 120; i++)); do
    [ ! -e "$work/broker/up" ] && kill -0 "$broker" 2>/dev/null || break
    sleep 1
done
[ -e "$work/broker/up" ] || { tail -n 20 "$work/broker.log"; die "no secure Kafka after two minutes"; }

cat >"$work/secure.yaml" <<CONF
security:
  tls:
    trust-store: $tls/ca.pem
    key-store: $tls/client.pem
    key-store-password: \${file:$tls/key.password}
  kafka:
    security.protocol: SASL_SSL
    sasl.mechanism: SCRAM-SHA-512
source:
  bootstrap-servers: localhost:$kafka
sinks: [redis, solr]
redis:
  uri: rediss://localhost:$redis
solr:
  url: https://localhost:$solr/solr
CONF
for role in setup worker producer verifier operator; do
    cat >"$work/$role.yaml" <<CONF
security:
  kafka:
    sasl.jaas.config: >-
      org.apache.kafka.common.security.scram.ScramLoginModule required
      username="offerstorm-$role" password="\${file:$tls/kafka.password}";
CONF
done
run offerstorm setup
run offerstorm doctor
run offerstorm submit
./offerstorm generate --count 2000 --seed 1 --out "$work/offers.ndjson" 2>/dev/null
run offerstorm produce "$work/offers.ndjson"
run offerstorm verify --wait 120s
run offerstorm counts
run offerstorm status
sed -n '0,/"id":"/s/.*"id":"\([^"]*\)".*/\1/p' "$work/offers.ndjson" >"$work/id.txt"
run offerstorm trace "$(cat "$work/id.txt")"
run operator dlq ls
grep -m 2 -oE '^ *[0-9]+@[0-9]+' "$work/out.txt" | tr -d ' ' >"$work/letters.txt"
run operator dlq replay --force "$(sed -n 1p "$work/letters.txt")"
run operator dlq drop --yes "$(sed -n 2p "$work/letters.txt")"
run offerstorm verify --wait 120s
echo "  set-up, doctor, submit, produce, verify, counts, status, trace, dlq over closed wires, each with its own rights ($SECONDS s)"

says "certificate is for another host" offerstorm doctor -c "redis.uri=rediss://127.0.0.1:$redis"
says "certificate is for another host" offerstorm doctor -c "solr.url=https://127.0.0.1:$solr/solr"
says "certificate is for another host" offerstorm doctor -c "source.bootstrap-servers=127.0.0.1:$kafka"
says "is not trusted" offerstorm doctor -c "security.tls.trust-store=$tls/foreign.pem"
says "requires a client certificate" offerstorm doctor -c security.tls.key-store=none
says "does not open with its password" offerstorm doctor -c "security.tls.key-store-password=\${file:$tls/kafka.password}"
says "Nothing is submitted" offerstorm submit -c "redis.uri=rediss://ann:$word@localhost:$redis"
echo "  what is wrong is refused, and named with its fix ($SECONDS s)"

# A right less is named with the command that gives it.
says "this user may not read" offerstorm doctor --config "$work/producer.yaml"
grep -qF -- "--operation read --topic offers" "$work/out.txt" || { cat "$work/out.txt"; die 'the right is not named'; }

# Storm keeps the topology compressed. Files come and go meanwhile, so the output counts and not the exit code.
files_with() { find "$dir" -type f -exec zgrep -lF -- "$1" {} + 2>/dev/null || true; }
processes_with() { grep -lF -- "$1" /proc/[0-9]*/cmdline /proc/[0-9]*/environ 2>/dev/null || true; }
[ -n "$(files_with "localhost:$kafka")" ] || die "the search finds not even an address in the topology"
for secret in "$word" "$key_word"; do
    [ -z "$(files_with "$secret")" ] || die "a secret is in $(files_with "$secret")"
    [ -z "$(processes_with "$secret")" ] || die "a secret is in $(processes_with "$secret")"
    for command in "config show" plan status; do
        # shellcheck disable=SC2086 # two words
        offerstorm $command >"$work/out.txt" 2>&1 || true
        ! grep -qF -- "$secret" "$work/out.txt" || die "a secret is in the output of $command"
    done
done
echo "  no secret in files, logs, arguments and answers ($SECONDS s)"

# The certificate of another authority; open connections end, and no new one is made.
cp "$tls/wrong.both" "$tls/client.pem"
kill "$front" && wait "$front" || true
front "$redis" "$(port_of redis)"
./offerstorm generate --count 2000 --seed 2 --out "$work/offers.ndjson" 2>/dev/null
run offerstorm produce "$work/offers.ndjson" -c "security.tls.key-store=$tls/right.both"
held=
for ((i = 0; i < 60; i++)); do
    offerstorm status -c "security.tls.key-store=$tls/right.both" >"$work/status.txt" 2>&1 || true
    ! grep -qF "key-store" "$work/status.txt" || { held=yes; break; }
    sleep 1
done
[ -n "$held" ] || { cat "$work/status.txt"; die "the stream does not say that its certificate is refused"; }
cp "$tls/right.both" "$tls/client.pem"
run offerstorm verify --wait 120s
echo "  a refused certificate held the stream; with the right one it continued by itself: verify clean ($SECONDS s)"
run offerstorm kill --drain
