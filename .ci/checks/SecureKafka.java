import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialAlteration;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.utils.SecurityUtils;
import org.offerstorm.local.servers.EmbeddedKafka;
import org.offerstorm.local.servers.KafkaListener;

/**
 * A broker for secure.sh that takes clients over TLS with a certificate and a login by SCRAM, and permits what a script of
 * kafka-acls.sh's arguments says: {@code java -cp … SecureKafka.java DIRECTORY PORT KEYSTORE TRUSTSTORE STOREPASSWORD
 * PASSWORD-FILE ACLS}. All users have the same password. When it is up, DIRECTORY has a file up.
 */
public final class SecureKafka {
    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments[0]);
        Map<String, String> settings = Map.of(
                "ssl.keystore.type", "PKCS12",
                "ssl.keystore.location", arguments[2],
                "ssl.keystore.password", arguments[4],
                "ssl.key.password", arguments[4],
                "ssl.truststore.type", "PEM",
                "ssl.truststore.location", arguments[3],
                "ssl.client.auth", "required",
                "sasl.enabled.mechanisms", "SCRAM-SHA-512",
                "scram-sha-512.sasl.jaas.config",
                        "org.apache.kafka.common.security.scram.ScramLoginModule required;");
        List<AclBinding> rights = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of(arguments[6]))) {
            if (!line.isBlank()) {
                rights.addAll(rights(line.split(" ")));
            }
        }
        EmbeddedKafka kafka = EmbeddedKafka.start(
                directory.resolve("kafka"),
                0,
                new KafkaListener(
                        Integer.parseInt(arguments[1]),
                        "localhost",
                        "SASL_SSL",
                        settings,
                        Map.of(
                                "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                                // Of the open listener, which is the broker's own.
                                "super.users", "User:ANONYMOUS")));
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            String password = Files.readString(Path.of(arguments[5])).strip();
            Set<String> users = new TreeSet<>();
            rights.forEach(right -> users.add(right.entry().principal().substring("User:".length())));
            admin.alterUserScramCredentials(users.stream()
                            .<UserScramCredentialAlteration>map(user -> new UserScramCredentialUpsertion(
                                    user, new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4_096), password))
                            .toList())
                    .all()
                    .get();
            admin.createAcls(rights).all().get();
        }
        Runtime.getRuntime().addShutdownHook(new Thread(kafka::close));
        Files.createFile(directory.resolve("up"));
        Thread.currentThread().join();
    }

    /** Of one call of kafka-acls.sh. */
    private static List<AclBinding> rights(String[] call) {
        String principal = null;
        List<AclOperation> operations = new ArrayList<>();
        ResourcePattern resource = null;
        for (int i = 0; i < call.length; i++) {
            switch (call[i]) {
                case "--add" -> {}
                case "--allow-principal" -> principal = call[++i];
                case "--operation" -> operations.add(SecurityUtils.operation(call[++i]));
                case "--topic", "--group", "--transactional-id" -> resource = new ResourcePattern(
                        ResourceType.fromString(call[i].substring(2).replace('-', '_')), call[i + 1], PatternType.LITERAL);
                default -> {
                    if (call[i].startsWith("--")) {
                        throw new IllegalArgumentException("not known here: " + call[i]);
                    }
                }
            }
        }
        List<AclBinding> rights = new ArrayList<>();
        for (AclOperation operation : operations) {
            if (operation == AclOperation.UNKNOWN) {
                throw new IllegalArgumentException("an unknown operation in " + String.join(" ", call));
            }
            rights.add(new AclBinding(
                    resource, new AccessControlEntry(principal, "*", operation, AclPermissionType.ALLOW)));
        }
        return rights;
    }
}
