package org.offerstorm.sinks.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.offerstorm.core.check.Finding;
import org.offerstorm.core.model.Cell;
import org.offerstorm.core.model.Change;
import org.offerstorm.core.model.Chunk;
import org.offerstorm.core.model.Continent;
import org.offerstorm.core.model.Source;
import org.offerstorm.core.sink.Sink;
import org.offerstorm.core.sink.WriteResult.Done;
import org.offerstorm.core.sink.WriteResult.Retryable;
import org.offerstorm.core.tls.Tls;
import org.offerstorm.local.servers.testing.TestCertificate;
import org.offerstorm.local.servers.testing.TlsRedis;
import org.offerstorm.sinks.contract.ChunkBuilder;
import redis.clients.jedis.Jedis;

/** A real redis-server behind TLS: who may have the password. */
class RedisTlsTest {
    private static final Source SOURCE = new Source("offers", "Zk2TqRr3S2mYxJ0nV8c1aA", 1, 1);
    private static final String PASSWORD = "open-sesame";

    @TempDir
    private static Path directory;

    private static TestCertificate ours;
    private static TestCertificate others;
    private static TlsRedis right;
    private static TlsRedis wrong;

    private final Chunk<Change> chunk =
            new ChunkBuilder(SOURCE).upsert("a", Cell.of("Tech", Continent.EU)).cut();
    private SSLContext before;

    @BeforeAll
    static void start() throws Exception {
        ours = TestCertificate.of(directory, "dns:localhost,ip:127.0.0.1");
        others = TestCertificate.of(directory, "dns:other.example.org,ip:127.0.0.9");
        String[] login = ("--tls-auth-clients no --appendonly yes --appendfsync always --user ann on >" + PASSWORD
                        + " ~* &* +@all")
                .split(" ", -1);
        right = TlsRedis.start(directory, ours, login);
        wrong = TlsRedis.start(directory, others, login);
    }

    @AfterAll
    static void stop() throws Exception {
        right.close();
        wrong.close();
    }

    @BeforeEach
    void trustBoth() throws Exception {
        before = SSLContext.getDefault();
        SSLContext.setDefault(TestCertificate.trusting(ours, others));
    }

    @AfterEach
    void trustAsBefore() {
        SSLContext.setDefault(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1"})
    void the_right_name_or_address_is_served(String host) throws IOException {
        RedisConfig config = config(host, right);
        try (Sink sink = new RedisSink(config, InstantSource.system())) {
            assertThat(sink.write(chunk)).isInstanceOf(Done.class);
        }
        try (RedisCounts counts = new RedisCounts(config)) {
            assertThat(counts.read()).isEqualTo(Map.of(Cell.of("Tech", Continent.EU), 1L));
        }
        assertThat(doctor(config)).noneMatch(Finding::isFailure).anyMatch(finding -> finding.message()
                .endsWith("a master, as user ann"));
        assertThat(logins(right)).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1"})
    void a_certificate_for_another_host_is_refused_before_the_password_is_sent(String host) {
        RedisConfig config = config(host, wrong);

        try (Sink sink = new RedisSink(config, InstantSource.system())) {
            assertThat(((Retryable) sink.write(chunk)).message())
                    .contains(host + ":" + wrong.tlsPort(), "certificate is for another host", "write in redis.uri");
        }
        try (RedisCounts counts = new RedisCounts(config);
                RedisCoverage coverage = new RedisCoverage(config);
                RedisLive live = new RedisLive(config)) {
            assertThatThrownBy(counts::read)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("certificate is for another host");
            assertThatThrownBy(() -> coverage.coverage(SOURCE)).hasMessageContaining("No subject alternative");
            assertThatThrownBy(() -> live.read(RedisLive.START)).hasMessageContaining("No subject alternative");
        }
        assertThat(doctor(config)).singleElement().satisfies(finding -> {
            assertThat(finding.isFailure()).isTrue();
            assertThat(finding.message()).contains("cannot be reached", "No subject alternative");
            assertThat(finding.fix()).contains("write in redis.uri a name or address that the certificate contains");
        });
        assertThat(logins(wrong)).isZero();
    }

    @Test
    void an_untrusted_authority_is_refused_with_advice() throws Exception {
        SSLContext.setDefault(TestCertificate.trusting(others));
        RedisConfig config = config("localhost", right);
        long logins = logins(right);

        try (Sink sink = new RedisSink(config, InstantSource.system())) {
            assertThat(((Retryable) sink.write(chunk)).message()).contains("trust-store in security.tls");
        }
        assertThat(doctor(config)).singleElement().satisfies(finding -> assertThat(finding.fix())
                .contains("is not trusted", "trust-store in security.tls"));
        assertThat(logins(right)).isEqualTo(logins);
    }

    @Test
    void a_server_that_asks_for_a_client_certificate_is_named_as_such() throws Exception {
        try (TlsRedis strict = TlsRedis.start(directory, ours)) {
            assertThat(doctor(config("localhost", strict)))
                    .singleElement()
                    .satisfies(finding -> assertThat(finding.fix()).contains("client certificate", "key-store"));

            SSLContext.setDefault(ours.shown()); // as with -Djavax.net.ssl.keyStore
            RedisConfig anonymous =
                    new RedisConfig("rediss://localhost:" + strict.tlsPort(), "t", 100, Duration.ofSeconds(5));
            try (RedisCounts counts = new RedisCounts(anonymous)) {
                assertThat(counts.hasState()).isFalse();
            }
        }
    }

    @Test
    void tls_where_there_is_none_is_named_as_such() {
        RedisConfig config =
                new RedisConfig("rediss://127.0.0.1:" + right.plainPort(), "t", 100, Duration.ofSeconds(2));
        assertThat(doctor(config)).singleElement().satisfies(finding -> assertThat(finding.fix())
                .contains("rediss:// with it, redis:// without"));
    }

    @Test
    void its_own_trust_store_decides_and_not_the_one_of_the_jvm() {
        RedisConfig config = config("localhost", right, trusting(ours));
        RedisConfig foreign = config("localhost", right, trusting(others));

        try (Sink sink = new RedisSink(config, InstantSource.system())) {
            assertThat(sink.write(chunk)).isInstanceOf(Done.class);
        }
        assertThat(doctor(config)).noneMatch(Finding::isFailure);
        assertThat(doctor(foreign)).singleElement().satisfies(finding -> assertThat(finding.fix())
                .contains("is not trusted"));
        assertThat(doctor(config("localhost", wrong, trusting(others))))
                .singleElement()
                .satisfies(finding -> assertThat(finding.fix()).contains("certificate is for another host"));
    }

    @Test
    void its_key_store_is_shown_and_a_renewed_one_from_the_next_connection_on() throws Exception {
        try (TlsRedis strict = TlsRedis.start(directory, ours)) {
            Path keys = directory.resolve("client.pem");
            Tls tls = new Tls(ours.certificate().toString(), Tls.NONE, keys.toString(), Tls.NONE);
            RedisConfig config =
                    new RedisConfig("rediss://localhost:" + strict.tlsPort(), "t", 100, Duration.ofSeconds(5), tls);

            try (Sink sink = new RedisSink(config, InstantSource.system())) {
                assertThat(((Retryable) sink.write(chunk)).message()).contains("key store " + keys, "cannot be read");
                assertThat(doctor(config)).singleElement().satisfies(finding -> assertThat(finding.fix())
                        .contains("repair that file"));

                writeClient(keys, others); // no authority of the server
                assertThat(((Retryable) sink.write(chunk)).message()).contains("client certificate");

                writeClient(keys, ours);
                assertThat(sink.write(chunk)).isInstanceOf(Done.class);
            }
        }
    }

    private static void writeClient(Path file, TestCertificate client) throws IOException {
        Files.writeString(file, Files.readString(client.key()) + Files.readString(client.certificate()));
    }

    private static Tls trusting(TestCertificate authority) {
        return new Tls(authority.certificate().toString(), Tls.NONE, Tls.NONE, Tls.NONE);
    }

    private static RedisConfig config(String host, TlsRedis redis) {
        return config(host, redis, Tls.OF_JAVA);
    }

    private static RedisConfig config(String host, TlsRedis redis, Tls tls) {
        return new RedisConfig(
                "rediss://ann:" + PASSWORD + "@" + host + ":" + redis.tlsPort(), "t", 100, Duration.ofSeconds(5), tls);
    }

    private static List<Finding> doctor(RedisConfig config) {
        List<Finding> found = new ArrayList<>();
        new RedisHealth(config, Optional::empty, InstantSource.system()).run(found::add);
        return found;
    }

    /** How often somebody sent a password. */
    private static long logins(TlsRedis redis) {
        try (Jedis plain = redis.plain()) {
            return plain.info("commandstats")
                    .lines()
                    .filter(line -> line.startsWith("cmdstat_auth:") || line.startsWith("cmdstat_hello:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^:]*:calls=(\\d+),.*", "$1")))
                    .sum();
        }
    }
}
