package org.offerstorm.sinks.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
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
import org.offerstorm.core.sink.HealthContext;
import org.offerstorm.core.sink.Sink;
import org.offerstorm.core.sink.WriteResult.Done;
import org.offerstorm.core.sink.WriteResult.Retryable;
import org.offerstorm.core.tls.Tls;
import org.offerstorm.local.servers.PostgresOptions;
import org.offerstorm.local.servers.testing.TestCertificate;
import org.offerstorm.sinks.contract.ChunkBuilder;

/** A server that takes logins over TLS alone, and passwords by SCRAM: who may have the password. */
class PostgresTlsTest {
    private static final Source SOURCE = new Source("offers", "Zk2TqRr3S2mYxJ0nV8c1aA", 1, 1);
    private static final String SINK = PostgresUnderTest.ROLE;

    @TempDir
    private static Path directory;

    private static TestCertificate ours;
    private static TestCertificate others;
    private static PostgresUnderTest right;
    private static PostgresUnderTest wrong;

    private final Chunk<Change> chunk =
            new ChunkBuilder(SOURCE).upsert("a", Cell.of("Tech", Continent.EU)).cut();
    private SSLContext before;

    @BeforeAll
    static void start() throws Exception {
        ours = TestCertificate.of(directory, "dns:localhost,ip:127.0.0.1");
        others = TestCertificate.of(directory, "dns:other.example.org,ip:127.0.0.9");
        right = server(ours);
        wrong = server(others);
    }

    private static PostgresUnderTest server(TestCertificate certificate) throws Exception {
        Path key = Files.copy(certificate.key(), certificate.key().resolveSibling("postgres.key"));
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        PostgresUnderTest server = new PostgresUnderTest(new PostgresOptions(
                List.of(
                        "fsync = off",
                        "ssl = on",
                        "ssl_cert_file = '" + certificate.certificate() + "'",
                        "ssl_key_file = '" + key + "'",
                        "log_connections = on"),
                List.of(
                        "hostssl all " + SINK + " 127.0.0.1/32 scram-sha-256",
                        "host all " + SINK + " 127.0.0.1/32 reject")));
        server.beforeAll(null);
        return server;
    }

    @AfterAll
    static void stop() throws Exception {
        right.afterAll(null);
        wrong.afterAll(null);
    }

    @BeforeEach
    void trustBoth() throws Exception {
        right.beforeEach(null);
        before = SSLContext.getDefault();
        SSLContext.setDefault(TestCertificate.trusting(ours, others));
    }

    @AfterEach
    void trustAsBefore() {
        SSLContext.setDefault(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1"})
    void the_right_name_or_address_is_served(String host) throws Exception {
        PostgresConfig config = config(host, right, "?sslmode=verify-full");
        try (Sink sink = new PostgresSink(config, "g")) {
            assertThat(sink.write(chunk)).isEqualTo(new Done(1, 0));
            assertThat(right.value("select ssl from pg_stat_ssl join pg_stat_activity using (pid)"
                            + " where usename = '" + SINK + "'"))
                    .isEqualTo("t");
        }
        assertThat(Files.readString(right.directory().resolve("postgres.log"))).contains("user=" + SINK);
        assertThat(right.value("select rolpassword from pg_authid where rolname = '" + SINK + "'"))
                .startsWith("SCRAM-SHA-256$");
        assertThat(doctor(config)).noneMatch(Finding::isFailure).anyMatch(finding -> finding.message()
                .endsWith("a primary, as role " + SINK));
    }

    @Test
    void an_authority_in_a_file_is_enough() throws Exception {
        SSLContext.setDefault(TestCertificate.trusting(others));
        PostgresConfig config = config("localhost", right, "?sslmode=verify-full&sslrootcert=" + ours.certificate());
        try (Sink sink = new PostgresSink(config, "g")) {
            assertThat(sink.write(chunk)).isEqualTo(new Done(1, 0));
        }
    }

    @Test
    void the_trust_store_of_the_configuration_decides_and_not_the_one_of_the_jvm() throws Exception {
        SSLContext.setDefault(TestCertificate.trusting(others));
        try (Sink sink = new PostgresSink(trusting(right, ours), "g")) {
            assertThat(sink.write(chunk)).isEqualTo(new Done(1, 0));
        }
        SSLContext.setDefault(TestCertificate.trusting(ours, others));
        assertThat(doctor(trusting(right, others))).singleElement().satisfies(finding -> assertThat(finding.fix())
                .contains("is not trusted"));
        assertThat(doctor(trusting(wrong, others))).singleElement().satisfies(finding -> assertThat(finding.fix())
                .contains("certificate is for another host"));
    }

    @Test
    void a_trust_store_that_is_not_there_is_named() {
        PostgresConfig plain = config("localhost", right, "?sslmode=verify-full");
        Tls missing = new Tls(directory.resolve("missing.pem").toString(), Tls.NONE, Tls.NONE, Tls.NONE);
        assertThat(doctor(new PostgresConfig(plain.url(), plain.schema(), plain.timeout(), missing)))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.message()).contains("missing.pem", "cannot be read");
                    assertThat(finding.fix()).contains("repair that file");
                });
    }

    private static PostgresConfig trusting(PostgresUnderTest server, TestCertificate authority) {
        PostgresConfig plain = config("localhost", server, "?sslmode=verify-full");
        Tls tls = new Tls(authority.certificate().toString(), Tls.NONE, Tls.NONE, Tls.NONE);
        return new PostgresConfig(plain.url(), plain.schema(), plain.timeout(), tls);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1"})
    void a_certificate_for_another_host_is_refused_before_the_password_is_sent(String host) throws IOException {
        PostgresConfig config = config(host, wrong, "?sslmode=verify-full");
        try (Sink sink = new PostgresSink(config, "g")) {
            assertThat(((Retryable) sink.write(chunk)).message())
                    .contains(host + ":" + wrong.server().port(), "postgres.url")
                    .doesNotContain("sesame");
        }
        try (PostgresCoverage coverage = new PostgresCoverage(config);
                PostgresCounts counts = new PostgresCounts(config)) {
            assertThatThrownBy(() -> coverage.coverage(SOURCE)).isInstanceOf(IOException.class);
            assertThatThrownBy(counts::read).isInstanceOf(IOException.class);
        }
        assertThat(doctor(config)).singleElement().satisfies(finding -> {
            assertThat(finding.isFailure()).isTrue();
            assertThat(finding.fix()).contains("certificate is for another host", "postgres.url");
        });
        assertThat(Files.readString(wrong.directory().resolve("postgres.log"))).doesNotContain(SINK);
    }

    @Test
    void an_untrusted_authority_is_refused_with_advice() throws Exception {
        SSLContext.setDefault(TestCertificate.trusting(others));
        try (Sink sink = new PostgresSink(config("localhost", right, "?sslmode=verify-full"), "g")) {
            assertThat(((Retryable) sink.write(chunk)).message()).contains("trust-store in security.tls");
        }
    }

    @Test
    void without_tls_the_server_refuses() {
        assertThat(doctor(config("localhost", right, "?sslmode=disable")))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.message()).contains("refuses the login");
                    assertThat(finding.fix()).contains("pg_hba.conf");
                });
    }

    @Test
    void tls_where_there_is_none_is_named_as_such() throws Exception {
        PostgresUnderTest plain = new PostgresUnderTest();
        plain.beforeAll(null);
        try {
            assertThat(doctor(config("localhost", plain, "?sslmode=verify-full")))
                    .singleElement()
                    .satisfies(finding -> {
                        assertThat(finding.message()).contains("does not support SSL");
                        assertThat(finding.fix()).contains("ssl = on");
                    });
        } finally {
            plain.afterAll(null);
        }
    }

    @Test
    void a_wrong_password_is_refused_and_one_from_a_file_is_taken_up() throws Exception {
        Path secret = directory.resolve("password");
        PostgresConfig config = new PostgresConfig(
                "postgresql://" + SINK + ":${file:" + secret + "}@localhost:"
                        + right.server().port() + "/offerstorm?sslmode=verify-full",
                PostgresUnderTest.SCHEMA,
                Duration.ofMinutes(1));
        try (Sink sink = new PostgresSink(config, "g")) {
            assertThat(((Retryable) sink.write(chunk)).message()).contains("${file:" + secret + "}");
            Files.writeString(secret, "wrong word\n");
            assertThat(((Retryable) sink.write(chunk)).message())
                    .contains("password authentication failed", "correct user, password and database")
                    .doesNotContain("wrong word");
            Files.writeString(secret, PostgresUnderTest.PASSWORD + "\n");
            assertThat(sink.write(chunk)).isEqualTo(new Done(1, 0));
        }
    }

    private static PostgresConfig config(String host, PostgresUnderTest server, String parameters) {
        return new PostgresConfig(
                PostgresUnderTest.uri(server.server().port()).replace("127.0.0.1", host) + parameters,
                PostgresUnderTest.SCHEMA,
                Duration.ofMinutes(1));
    }

    private static List<Finding> doctor(PostgresConfig config) {
        List<Finding> found = new ArrayList<>();
        new PostgresHealth(config, new HealthContext("g", 1, Optional::empty, InstantSource.system())).run(found::add);
        found.removeIf(
                finding -> finding.name().equals("postgres persistence")); // the test's server does without fsync
        return found;
    }
}
