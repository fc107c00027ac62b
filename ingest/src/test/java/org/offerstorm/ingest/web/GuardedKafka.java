package org.offerstorm.ingest.web;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialDeletion;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.offerstorm.core.config.SourceConfig;
import org.offerstorm.local.servers.FreePorts;
import org.offerstorm.local.servers.KafkaListener;
import org.offerstorm.local.servers.testing.KafkaFixture;

/** A broker with a listener whose users log in and may do what they were given the right to. */
final class GuardedKafka implements AutoCloseable {
    private static final String PASSWORD = "for-this-test";

    private final int port = FreePorts.one();
    private final KafkaFixture kafka;

    GuardedKafka(Path directory) throws Exception {
        kafka = new KafkaFixture(
                directory,
                new KafkaListener(
                        port,
                        "127.0.0.1",
                        "SASL_PLAINTEXT",
                        Map.of(
                                "sasl.enabled.mechanisms", "SCRAM-SHA-256",
                                "scram-sha-256.sasl.jaas.config",
                                        "org.apache.kafka.common.security.scram.ScramLoginModule required;"),
                        Map.of(
                                "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                                // Of the open listener, which is the broker's and the test's own.
                                "super.users", "User:ANONYMOUS")));
    }

    /** A new topic, as its user reaches it, who may do nothing yet. */
    SourceConfig newTopic() throws Exception {
        SourceConfig open = kafka.newTopic(1);
        Map<String, String> login = new HashMap<>();
        login.put("security.protocol", "SASL_PLAINTEXT");
        login.put("sasl.mechanism", "SCRAM-SHA-256");
        login.put(
                "sasl.jaas.config",
                "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"" + user(open.topic())
                        + "\" password=\"" + PASSWORD + "\";");
        SourceConfig guarded = new SourceConfig("127.0.0.1:" + port, open.topic(), open.group(), open.epoch(), login);
        createUser(guarded);
        return guarded;
    }

    private static String user(String topic) {
        return "user-of-" + topic;
    }

    /** The same topic without login. */
    SourceConfig open(SourceConfig guarded) {
        return new SourceConfig(kafka.servers(), guarded.topic(), guarded.group(), guarded.epoch(), Map.of());
    }

    /** From now on the user can log in. */
    void createUser(SourceConfig source) throws Exception {
        kafka.admin()
                .alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(
                        user(source.topic()), new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_256, 4_096), PASSWORD)))
                .all()
                .get();
    }

    /** From now on the user cannot log in; connections that are open stay so. */
    void deleteUser(SourceConfig source) throws Exception {
        kafka.admin()
                .alterUserScramCredentials(
                        List.of(new UserScramCredentialDeletion(user(source.topic()), ScramMechanism.SCRAM_SHA_256)))
                .all()
                .get();
    }

    void permit(SourceConfig source, ResourceType type, String name, AclOperation... operations) throws Exception {
        kafka.admin().createAcls(rights(source, type, name, operations)).all().get();
    }

    void takeAway(SourceConfig source, ResourceType type, String name, AclOperation... operations) throws Exception {
        kafka.admin()
                .deleteAcls(rights(source, type, name, operations).stream()
                        .map(AclBinding::toFilter)
                        .toList())
                .all()
                .get();
    }

    private static List<AclBinding> rights(
            SourceConfig source, ResourceType type, String name, AclOperation... operations) {
        return List.of(operations).stream()
                .map(operation -> new AclBinding(
                        new ResourcePattern(type, name, PatternType.LITERAL),
                        new AccessControlEntry(
                                "User:" + user(source.topic()), "*", operation, AclPermissionType.ALLOW)))
                .toList();
    }

    @Override
    public void close() {
        kafka.close();
    }
}
