package org.offerstorm.tools.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.AppConfigurationEntry;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.security.auth.AuthenticateCallbackHandler;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerValidatorCallback;
import org.apache.kafka.common.security.oauthbearer.internals.secured.BasicOAuthBearerToken;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.offerstorm.core.check.Finding;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.core.sink.WriteResult;
import org.offerstorm.local.servers.EmbeddedKafka;
import org.offerstorm.local.servers.FreePorts;
import org.offerstorm.local.servers.KafkaListener;
import org.offerstorm.local.servers.testing.TestCertificate;
import org.offerstorm.sinks.deadletter.KafkaDeadLetters;
import org.offerstorm.sinks.kafka.ReaderProperties;
import org.offerstorm.tools.config.ConfigLoader;
import org.offerstorm.tools.produce.Input;
import org.offerstorm.tools.produce.OfferProducer;
import org.offerstorm.tools.produce.ProducerSettings;
import org.offerstorm.tools.produce.RecordReader;

/** A real broker that takes nobody without TLS and login, by what is said once for all clients. */
class SecureKafkaTest {
    private static final String PASSWORD = "open \"sesame\" \\1";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private static Path directory;

    private static TestCertificate ours;
    private static TestCertificate others;
    private static EmbeddedKafka kafka;
    private static int port;

    @BeforeAll
    static void start() throws Exception {
        ours = TestCertificate.of(directory, "dns:localhost");
        others = TestCertificate.of(directory, "dns:localhost");
        Files.writeString(directory.resolve("password"), PASSWORD + "\n");
        port = FreePorts.one();
        Map<String, String> settings = new HashMap<>();
        settings.put("ssl.keystore.type", "PKCS12");
        settings.put("ssl.keystore.location", ours.store().toString());
        settings.put("ssl.keystore.password", TestCertificate.PASSWORD);
        settings.put("ssl.key.password", TestCertificate.PASSWORD);
        settings.put("sasl.enabled.mechanisms", "SCRAM-SHA-512,OAUTHBEARER");
        settings.put(
                "scram-sha-512.sasl.jaas.config", "org.apache.kafka.common.security.scram.ScramLoginModule required;");
        settings.put(
                "oauthbearer.sasl.jaas.config",
                "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required"
                        + " unsecuredLoginStringClaim_sub=\"broker\";");
        settings.put("oauthbearer.sasl.server.callback.handler.class", AnyToken.class.getName());
        kafka = EmbeddedKafka.start(
                directory.resolve("kafka"), 0, new KafkaListener(port, "localhost", "SASL_SSL", settings, Map.of()));
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            admin.alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(
                            "ann", new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4_096), PASSWORD)))
                    .all()
                    .get();
        }
        Setup setup = new Setup(
                ConfigLoader.load(null, Map.of("source.bootstrap-servers", kafka.bootstrapServers(), "sinks", "none")),
                1,
                PATIENCE,
                step -> {});
        setup.run();
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @Test
    void every_client_logs_in_by_what_is_said_once() throws Exception {
        OfferstormConfig config = config(Map.of());

        assertThat(KafkaFindings.of(config)).noneMatch(Finding::isFailure);
        try (OfferProducer producer = OfferProducer.connect(ProducerSettings.of(config.source(), 0))) {
            assertThat(producer.produce(new OneRecord()).sent()).isEqualTo(1);
        }
        try (KafkaDeadLetters letters = new KafkaDeadLetters(
                config.source().bootstrapServers(), config.deadLetters(), InstantSource.system())) {
            assertThat(letters.write(List.of())).isInstanceOf(WriteResult.Done.class);
        }
        try (KafkaConsumer<byte[], byte[]> reader = new KafkaConsumer<>(
                ReaderProperties.of(
                        config.source().properties(), config.source().bootstrapServers(), "read_committed", PATIENCE),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            TopicPartition partition = new TopicPartition(config.source().topic(), 0);
            assertThat(reader.endOffsets(List.of(partition))).containsEntry(partition, 1L);
        }
        assertThat(config.source().properties().toString())
                .contains("${file:" + directory.resolve("password"))
                .doesNotContain(PASSWORD);
    }

    @Test
    void what_is_wrong_is_refused_and_named() {
        assertThat(KafkaFindings.failures(config(
                        Map.of("security.tls.trust-store", others.certificate().toString()))))
                .contains("TLS fails", "is not trusted", "trust-store in security.tls");
        assertThat(KafkaFindings.failures(config(Map.of("source.bootstrap-servers", "127.0.0.1:" + port))))
                .contains("TLS fails", "certificate is for another host");
        assertThat(KafkaFindings.failures(config(Map.of(
                        "security.tls.trust-store",
                        directory.resolve("missing.pem").toString()))))
                .contains("missing.pem", "cannot be read", "repair that file");
        assertThat(KafkaFindings.failures(config(Map.of("security.kafka.sasl.jaas.config", login("wrong")))))
                .contains("refuses");
    }

    @Test
    void a_trust_store_that_changes_holds_for_the_next_connection_of_a_client_that_is_there() throws Exception {
        Path trust = Files.copy(others.certificate(), directory.resolve("changing.pem"));
        OfferstormConfig config = config(Map.of("security.tls.trust-store", trust.toString()));
        assertThat(KafkaFindings.failures(config)).contains("is not trusted");
        try (KafkaAdmin admin = new KafkaAdmin(
                config.source().bootstrapServers(), config.source().properties(), PATIENCE)) {
            Files.copy(ours.certificate(), trust, StandardCopyOption.REPLACE_EXISTING);
            // The client may have tried before the change, and tells that to the first who asks.
            await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> assertThat(
                            admin.get(admin.client().describeCluster().nodes()))
                    .hasSize(1));
        }
    }

    @Test
    void tokens_are_asked_for_at_the_configured_address_without_a_flag_of_the_jvm() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        HttpServer tokens = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        tokens.createContext("/token", exchange -> {
            asked.incrementAndGet();
            byte[] answer = ("{\"access_token\":\"" + token() + "\",\"token_type\":\"bearer\",\"expires_in\":3600}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        tokens.start();
        try {
            OfferstormConfig config = config(Map.of(
                    "security.kafka.sasl.mechanism",
                    "OAUTHBEARER",
                    "security.kafka.sasl.oauthbearer.token.endpoint.url",
                    "http://127.0.0.1:" + tokens.getAddress().getPort() + "/token",
                    "security.kafka.sasl.jaas.config",
                    "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required"
                            + " clientId=\"offerstorm\" clientSecret=\"${file:" + directory.resolve("password")
                            + "}\";"));
            assertThat(KafkaFindings.of(config)).noneMatch(Finding::isFailure);
            assertThat(asked).hasPositiveValue();
        } finally {
            tokens.stop(0);
        }
    }

    private static final class OneRecord implements RecordReader {
        private boolean read;

        @Override
        public Input next() {
            Input next = read ? null : new Input.Item(new byte[] {'a'}, new byte[] {'{', '}'}, 1);
            read = true;
            return next;
        }

        @Override
        public void close() {
            // nothing is open
        }
    }

    /** What the broker thinks of a token: that it is good. */
    public static final class AnyToken implements AuthenticateCallbackHandler {
        @Override
        public void configure(Map<String, ?> configs, String mechanism, List<AppConfigurationEntry> jaas) {
            // nothing to configure
        }

        @Override
        public void handle(Callback[] callbacks) throws UnsupportedCallbackException {
            for (Callback callback : callbacks) {
                if (!(callback instanceof OAuthBearerValidatorCallback validator)) {
                    throw new UnsupportedCallbackException(callback);
                }
                long now = System.currentTimeMillis();
                validator.token(
                        new BasicOAuthBearerToken(validator.tokenValue(), Set.of(), now + 3_600_000, "ann", now));
            }
        }

        @Override
        public void close() {
            // nothing is open
        }
    }

    /** With a signature that nobody looks at; the broker of this test takes such. */
    private static String token() {
        long now = Instant.now().getEpochSecond();
        return encoded("{\"alg\":\"RS256\"}") + "."
                + encoded("{\"sub\":\"ann\",\"scope\":\"offers\",\"iat\":" + now + ",\"exp\":" + (now + 3_600) + "}")
                + ".c2lnbmVk";
    }

    private static String encoded(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private static String login(String password) {
        return "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"ann\" password=\""
                + password + "\";";
    }

    private static OfferstormConfig config(Map<String, String> further) {
        Map<String, String> settings = new HashMap<>();
        settings.put("source.bootstrap-servers", "localhost:" + port);
        settings.put("sinks", "none");
        settings.put("security.tls.trust-store", ours.certificate().toString());
        settings.put("security.kafka.security.protocol", "SASL_SSL");
        settings.put("security.kafka.sasl.mechanism", "SCRAM-SHA-512");
        settings.put("security.kafka.sasl.jaas.config", login("${file:" + directory.resolve("password") + "}"));
        settings.putAll(further);
        return ConfigLoader.load(null, settings);
    }
}
