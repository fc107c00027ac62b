package org.offerstorm.tools.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.offerstorm.core.check.Finding;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.local.servers.EmbeddedKafka;
import org.offerstorm.local.servers.FreePorts;
import org.offerstorm.local.servers.KafkaListener;
import org.offerstorm.local.servers.testing.TestCertificate;
import org.offerstorm.tools.config.ConfigLoader;
import org.offerstorm.tools.produce.ProducerSettings;

/** A real broker at which the client's certificate is its login, and the certificate's name has the rights. */
class KafkaCertificateLoginTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String PRINCIPAL = "User:CN=offerstorm test";
    private static final List<AclBinding> RIGHTS = List.of(
            right(ResourceType.TOPIC, "offers", AclOperation.READ),
            right(ResourceType.TOPIC, "offers", AclOperation.DESCRIBE_CONFIGS),
            right(ResourceType.TOPIC, "offers.dlq", AclOperation.WRITE),
            right(ResourceType.TOPIC, "offers.dlq", AclOperation.DESCRIBE_CONFIGS),
            right(ResourceType.GROUP, "offerstorm", AclOperation.READ));

    @TempDir
    private static Path directory;

    private static TestCertificate server;
    private static TestCertificate client;
    private static TestCertificate stranger;
    private static EmbeddedKafka kafka;
    private static int port;

    @BeforeAll
    static void start() throws Exception {
        server = TestCertificate.of(directory, "dns:localhost");
        client = TestCertificate.of(directory, "dns:client");
        stranger = TestCertificate.of(directory, "dns:client");
        port = FreePorts.one();
        Map<String, String> settings = Map.of(
                "ssl.keystore.type",
                "PKCS12",
                "ssl.keystore.location",
                server.store().toString(),
                "ssl.keystore.password",
                TestCertificate.PASSWORD,
                "ssl.key.password",
                TestCertificate.PASSWORD,
                "ssl.truststore.type",
                "PEM",
                "ssl.truststore.location",
                client.certificate().toString(),
                "ssl.client.auth",
                "required");
        Map<String, String> authorizer = Map.of(
                "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                "super.users", "User:ANONYMOUS"); // of the open listener, the broker's own
        kafka = EmbeddedKafka.start(
                directory.resolve("kafka"), 0, new KafkaListener(port, "localhost", "SSL", settings, authorizer));
        new Setup(
                        ConfigLoader.load(
                                null, Map.of("source.bootstrap-servers", kafka.bootstrapServers(), "sinks", "none")),
                        1,
                        PATIENCE,
                        step -> {})
                .run();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            admin.createAcls(RIGHTS).all().get();
        }
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @Test
    void the_certificate_is_the_login_and_its_name_has_the_rights() throws Exception {
        assertThat(KafkaFindings.of(config(client))).noneMatch(Finding::isFailure);
        assertThat(WireLogins.of(config(client)).get(0).message())
                .isEqualTo("as its certificate says, over TLS with a certificate");
    }

    @Test
    void the_name_has_no_other_rights() {
        OfferstormConfig config = config(client);
        Map<String, Object> producer = new HashMap<>(ProducerSettings.propertiesOf(config.source()));
        producer.put("bootstrap.servers", config.source().bootstrapServers());
        try (KafkaProducer<byte[], byte[]> kafka =
                new KafkaProducer<>(producer, new ByteArraySerializer(), new ByteArraySerializer())) {
            assertThatThrownBy(() -> kafka.send(new ProducerRecord<>("offers", new byte[1]))
                            .get())
                    .hasCauseInstanceOf(TopicAuthorizationException.class);
        }
    }

    static List<AclBinding> rights() {
        return RIGHTS;
    }

    @ParameterizedTest
    @MethodSource("rights")
    void a_right_less_is_named(AclBinding right) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            admin.deleteAcls(List.of(right.toFilter())).all().get();
            try {
                await().atMost(PATIENCE) // until the broker has heard of it
                        .untilAsserted(() -> assertThat(KafkaFindings.of(config(client)))
                                .filteredOn(finding -> !finding.level().equals(Finding.Level.OK))
                                .extracting(Finding::fix)
                                .anySatisfy(fix -> assertThat(fix)
                                        .contains(
                                                "--operation "
                                                        + right.entry()
                                                                .operation()
                                                                .name()
                                                                .toLowerCase(Locale.ROOT)
                                                                .replace("_", ""),
                                                " " + right.pattern().name())));
            } finally {
                admin.createAcls(List.of(right)).all().get();
            }
        }
    }

    @Test
    void no_certificate_and_that_of_a_stranger_are_refused_with_what_to_do() {
        Map<String, String> none = settings(client);
        none.put("security.tls.key-store", "none");
        none.put("security.tls.key-store-password", "none");

        assertThat(KafkaFindings.failures(ConfigLoader.load(null, none))).contains("key-store");
        assertThat(KafkaFindings.failures(config(stranger))).contains("key-store");
    }

    private static AclBinding right(ResourceType type, String name, AclOperation operation) {
        return new AclBinding(
                new ResourcePattern(type, name, PatternType.LITERAL),
                new AccessControlEntry(PRINCIPAL, "*", operation, AclPermissionType.ALLOW));
    }

    private static Map<String, String> settings(TestCertificate shown) {
        Map<String, String> settings = new HashMap<>();
        settings.put("source.bootstrap-servers", "localhost:" + port);
        settings.put("sinks", "none");
        settings.put("security.tls.trust-store", server.certificate().toString());
        settings.put("security.tls.key-store", shown.store().toString());
        settings.put("security.tls.key-store-password", TestCertificate.PASSWORD);
        settings.put("security.kafka.security.protocol", "SSL");
        return settings;
    }

    private static OfferstormConfig config(TestCertificate shown) {
        return ConfigLoader.load(null, settings(shown));
    }
}
