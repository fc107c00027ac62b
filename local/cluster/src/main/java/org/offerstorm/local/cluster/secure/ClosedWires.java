package org.offerstorm.local.cluster.secure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.acl.AclBinding;
import org.offerstorm.core.secret.Sha256;
import org.offerstorm.core.tls.Tls;
import org.offerstorm.local.servers.PostgresTls;

/**
 * Keys, passwords and rights of one cluster, for its servers and for those that ask them. Everything is in one directory,
 * made at the first start and then kept. Each server takes clients over TLS alone that show a certificate of the cluster's
 * authority and log in. Used by one thread.
 */
public final class ClosedWires {
    private static final String SERVER = "server";
    private static final String CLIENT = "client";
    private static final String KAFKA = "kafka";
    private static final String LOCAL = "dns:localhost,ip:127.0.0.1";

    private final Path directory;
    private final Path rights;
    private final ClusterAuthority authority;

    private ClosedWires(Path directory, Path rights) {
        this.directory = directory;
        this.rights = rights;
        this.authority = new ClusterAuthority(directory);
    }

    /**
     * Of a cluster; makes nothing.
     *
     * @param cluster its directory
     * @param program directory of the whole project, whose {@code deploy/security} has the rights
     */
    public static ClosedWires of(Path cluster, Path program) {
        return new ClosedWires(
                cluster.resolve("secure"), program.resolve("deploy").resolve("security"));
    }

    /** Makes what is missing. */
    public void make() throws IOException {
        PrivateFiles.directory(directory);
        PrivateFiles.directory(directory.resolve("passwords"));
        authority.make();
        authority.certify(SERVER, LOCAL);
        authority.certify(KAFKA, LOCAL);
        authority.certify(CLIENT, LOCAL);
        for (ClusterRole role : ClusterRole.values()) {
            PrivateFiles.password(passwordFile(role));
        }
    }

    /** The authority's certificate, PEM. */
    public Path trust() {
        return authority.certificate();
    }

    /** The servers' certificate, PEM. */
    public Path certificate() {
        return authority.certificate(SERVER);
    }

    /** Its key, PEM, not encrypted. */
    public Path key() {
        return authority.key(SERVER);
    }

    /** The servers' key and certificates, PKCS12. */
    public Path serverStore() {
        return authority.store(SERVER);
    }

    /** The authority's certificate, PKCS12. */
    public Path trustStore() {
        return authority.trust();
    }

    /** File with the password of every store. */
    public Path storePassword() {
        return authority.password();
    }

    /** Of whoever starts the servers and asks them whether they serve: clients may have lost theirs. */
    public Tls serverTls() {
        return new Tls(trust().toString(), Tls.NONE, serverStore().toString(), reference(storePassword()));
    }

    /** A reference to the role's password, for our configuration. */
    public String reference(ClusterRole role) {
        return reference(passwordFile(role));
    }

    /** The role's password. */
    public String password(ClusterRole role) throws IOException {
        return PrivateFiles.password(passwordFile(role));
    }

    /** What our clients' configuration has below {@code security.tls}. */
    public Map<String, String> clientTls() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("trust-store", trust().toString());
        settings.put("key-store", authority.store(CLIENT).toString());
        settings.put("key-store-password", reference(storePassword()));
        return settings;
    }

    /** What our clients' configuration has below {@code security.kafka}. */
    public Map<String, String> clientKafka(ClusterRole role) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("security.protocol", "SASL_SSL");
        settings.put("sasl.mechanism", BrokerSecurity.MECHANISM);
        settings.put("sasl.jaas.config", BrokerSecurity.login(role.user(), reference(role)));
        return settings;
    }

    /** Settings of a broker, whose listeners {@code INTERNAL} and {@code CONTROLLER} are for brokers alone. */
    public Map<String, Object> broker() {
        return BrokerSecurity.settings(
                authority.store(KAFKA),
                trust(),
                "${dir:" + directory + ":" + storePassword().getFileName() + "}");
    }

    /** The brokers' own login, at their listener {@code INTERNAL}: it may everything. */
    public Map<String, Object> brokerLogin() throws IOException {
        return BrokerSecurity.client(authority.store(KAFKA), trust(), PrivateFiles.password(storePassword()));
    }

    /** Kafka's users, as its storage is formatted with. */
    public List<String> kafkaUsers() throws IOException {
        return passwords().entrySet().stream()
                .map(user ->
                        BrokerSecurity.MECHANISM + "=[name=" + user.getKey() + ",password=" + user.getValue() + "]")
                .toList();
    }

    /** Rights of all roles in Kafka. */
    public Set<AclBinding> kafkaRights() throws IOException {
        return KafkaRights.of(kafkaScript());
    }

    /** Whether {@link #kafkaGranted} was never called, or the file that gives the rights has changed since. */
    public boolean kafkaWantsRights() throws IOException {
        Path granted = granted();
        return !Files.exists(granted) || Files.mismatch(granted, kafkaScript()) >= 0;
    }

    /** Kafka has the rights. What an operator changes afterwards stays. */
    public void kafkaGranted() throws IOException {
        PrivateFiles.write(granted(), Files.readAllBytes(kafkaScript()));
    }

    private Path granted() {
        return directory.resolve("kafka-acls.granted");
    }

    private Path kafkaScript() {
        return rights.resolve("kafka-acls.sh");
    }

    /** Lines of {@code redis.conf} with users and TLS. */
    public List<String> redis() throws IOException {
        Map<String, String> hashes = new LinkedHashMap<>();
        passwords()
                .forEach((user, password) -> hashes.put(
                        user, HexFormat.of().formatHex(Sha256.of(password.getBytes(StandardCharsets.US_ASCII)))));
        List<String> lines = RedisUsers.lines(rights.resolve("redis-users.conf"), hashes);
        lines.add("tls-cert-file " + certificate());
        lines.add("tls-key-file " + key());
        lines.add("tls-ca-cert-file " + trust());
        lines.add("tls-auth-clients yes");
        return lines;
    }

    /** Solr's {@code security.json}. */
    public String solr() throws IOException {
        return SolrUsers.text(rights.resolve("solr-security.json"), passwords());
    }

    /** PostgreSQL, with the one role {@link ClusterRole#EVERYTHING}. */
    public PostgresTls postgres() throws IOException {
        return new PostgresTls(
                certificate(),
                key(),
                trust(),
                serverStore(),
                PrivateFiles.password(storePassword()),
                password(ClusterRole.EVERYTHING));
    }

    private Map<String, String> passwords() throws IOException {
        Map<String, String> byUser = new LinkedHashMap<>();
        for (ClusterRole role : ClusterRole.values()) {
            byUser.put(role.user(), password(role));
        }
        return byUser;
    }

    private Path passwordFile(ClusterRole role) {
        return directory.resolve("passwords").resolve(role.user());
    }

    private static String reference(Path file) {
        return "${file:" + file + "}";
    }
}
