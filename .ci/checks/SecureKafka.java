import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.offerstorm.local.servers.EmbeddedKafka;
import org.offerstorm.local.servers.KafkaListener;

/**
 * A broker for secure.sh that takes clients over TLS with a certificate and a login by SCRAM: {@code java -cp …
 * SecureKafka.java DIRECTORY PORT KEYSTORE TRUSTSTORE STOREPASSWORD USER PASSWORD-FILE}. When it is up, DIRECTORY has a file up.
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
        EmbeddedKafka kafka = EmbeddedKafka.start(
                directory.resolve("kafka"),
                0,
                new KafkaListener(Integer.parseInt(arguments[1]), "localhost", "SASL_SSL", settings, Map.of()));
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            admin.alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(
                            arguments[5],
                            new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4_096),
                            Files.readString(Path.of(arguments[6])).strip())))
                    .all()
                    .get();
        }
        Runtime.getRuntime().addShutdownHook(new Thread(kafka::close));
        Files.createFile(directory.resolve("up"));
        Thread.currentThread().join();
    }
}
