package org.offerstorm.local.cluster.secure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.offerstorm.core.tls.Tls;
import org.offerstorm.core.tls.TlsContext;

class ClosedWiresTest {
    private static final Path PROGRAM = Path.of(System.getProperty("offerstorm.root"));

    @TempDir
    private static Path cluster;

    private static ClosedWires wires;

    @BeforeAll
    static void make() throws IOException {
        wires = ClosedWires.of(cluster, PROGRAM);
        wires.make();
    }

    @Test
    void a_client_with_the_written_configuration_reaches_a_server_of_the_cluster() throws Exception {
        try (SSLServerSocket server = listen(wires)) {
            assertThat(greeting(server, client(wires), "localhost")).isEqualTo("hello");
            assertThat(greeting(server, client(wires), "127.0.0.1")).isEqualTo("hello");
        }
    }

    @Test
    void the_server_is_refused_under_another_name() throws Exception {
        try (SSLServerSocket server = listen(wires)) {
            assertThatThrownBy(() -> greeting(server, client(wires), "example.org"))
                    .isInstanceOf(SSLException.class);
        }
    }

    @Test
    void the_client_of_another_cluster_is_refused_and_refuses(@TempDir Path other) throws Exception {
        ClosedWires foreign = ClosedWires.of(other, PROGRAM);
        foreign.make();
        Tls trusting = new Tls(
                wires.trust().toString(),
                Tls.NONE,
                foreign.clientTls().get("key-store"),
                foreign.clientTls().get("key-store-password"));
        try (SSLServerSocket server = listen(wires)) {
            assertThatThrownBy(() -> greeting(server, trusting, "localhost")).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> greeting(server, client(foreign), "localhost"))
                    .isInstanceOf(SSLException.class);
        }
    }

    @Test
    void nobody_else_can_read_a_key_or_password() throws IOException {
        try (Stream<Path> files = Files.walk(cluster.resolve("secure"))) {
            for (Path file : files.toList()) {
                assertThat(Files.getPosixFilePermissions(file))
                        .as(file.toString())
                        .doesNotContain(
                                PosixFilePermission.GROUP_READ,
                                PosixFilePermission.OTHERS_READ,
                                PosixFilePermission.OTHERS_EXECUTE);
            }
        }
    }

    @Test
    void a_second_start_keeps_keys_and_passwords() throws IOException {
        Map<Path, String> before = contents();
        ClosedWires.of(cluster, PROGRAM).make();

        assertThat(contents()).isEqualTo(before);
    }

    @Test
    void a_start_that_was_killed_before_a_certificate_was_written_is_completed() throws Exception {
        Files.delete(wires.serverStore());
        Files.delete(wires.key());
        ClosedWires.of(cluster, PROGRAM).make();

        try (SSLServerSocket server = listen(wires)) {
            assertThat(greeting(server, client(wires), "localhost")).isEqualTo("hello");
        }
    }

    @Test
    void keys_that_were_deleted_are_made_again_by_a_new_authority(@TempDir Path other) throws Exception {
        ClosedWires renewed = ClosedWires.of(other, PROGRAM);
        renewed.make();
        String before = Files.readString(renewed.trust());
        try (Stream<Path> files = Files.list(other.resolve("secure"))) {
            for (Path file : files.toList()) {
                if (file.toString().matches(".*[.](p12|pem|key|crt)")) {
                    Files.delete(file);
                }
            }
        }
        renewed.make();

        assertThat(Files.readString(renewed.trust())).isNotEqualTo(before);
        try (SSLServerSocket server = listen(renewed)) {
            assertThat(greeting(server, client(renewed), "localhost")).isEqualTo("hello");
            assertThatThrownBy(() -> greeting(server, client(wires), "localhost"))
                    .isInstanceOf(SSLException.class);
        }
    }

    @Test
    void each_role_has_the_rights_of_the_script_and_one_user_has_all_of_them() throws IOException {
        Set<AclBinding> rights = wires.kafkaRights();

        assertThat(may(rights, ClusterRole.PRODUCER)).containsExactlyInAnyOrder("DESCRIBE offers", "WRITE offers");
        assertThat(may(rights, ClusterRole.VERIFIER)).doesNotContain("WRITE offers");
        assertThat(may(rights, ClusterRole.ADMINISTRATOR)).isEmpty(); // the broker's settings name it
        for (ClusterRole role : ClusterRole.values()) {
            assertThat(may(rights, ClusterRole.EVERYTHING)).containsAll(may(rights, role));
        }
        assertThat(rights).noneMatch(right -> right.entry().operation() == AclOperation.ALL);
    }

    @Test
    void rights_are_given_once_for_each_content_of_the_script(@TempDir Path program, @TempDir Path other)
            throws IOException {
        Path script =
                Files.createDirectories(program.resolve("deploy/security")).resolve("kafka-acls.sh");
        Files.writeString(script, "$KAFKA_ACLS --add --allow-principal User:a --operation Read --topic offers\n");
        ClosedWires wires = ClosedWires.of(other, program);
        wires.make();

        assertThat(wires.kafkaWantsRights()).isTrue();
        wires.kafkaGranted();
        assertThat(ClosedWires.of(other, program).kafkaWantsRights()).isFalse();
        Files.writeString(script, "$KAFKA_ACLS --add --allow-principal User:a --operation Read --topic others\n");
        assertThat(wires.kafkaWantsRights()).isTrue();
    }

    @Test
    void a_script_with_a_word_that_is_not_known_is_no_script_of_rights() throws IOException {
        Path script = Files.writeString(
                cluster.resolve("acls.sh"),
                "$KAFKA_ACLS --add --allow-principal User:a --operation Read --topc offers\n");

        assertThatThrownBy(() -> KafkaRights.of(script)).hasMessageContaining("--topc");
    }

    @Test
    void redis_lets_nobody_in_without_a_name_and_gives_no_role_all_commands() throws IOException {
        assertThat(wires.redis()).contains("user default off", "tls-auth-clients yes");
        assertThat(wires.redis().stream().filter(line -> line.startsWith("user offerstorm")))
                .hasSize(6)
                .filteredOn(line -> !line.contains(ClusterRole.ADMINISTRATOR.user()))
                .allMatch(line -> line.contains(" -@all ") && line.contains(" #"))
                .noneMatch(line -> line.contains("+@") || line.contains("PASSWORD") || line.contains("nopass"));
    }

    @Test
    void no_password_is_in_the_files_of_servers_but_as_a_hash() throws IOException {
        String servers = String.join("\n", wires.redis())
                + wires.solr()
                + wires.broker()
                + wires.clientTls()
                + wires.clientKafka(ClusterRole.WORKER);

        assertThat(wires.solr()).contains("\"offerstorm-worker\" : \"worker\"");
        for (ClusterRole role : ClusterRole.values()) {
            assertThat(servers).doesNotContain(wires.password(role));
        }
        assertThat(servers).doesNotContain(Files.readString(wires.storePassword()));
    }

    private static Map<Path, String> contents() throws IOException {
        try (Stream<Path> files = Files.walk(cluster.resolve("secure"))) {
            return files.filter(Files::isRegularFile).collect(Collectors.toMap(file -> file, ClosedWiresTest::content));
        }
    }

    private static String content(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Set<String> may(Set<AclBinding> rights, ClusterRole role) {
        return rights.stream()
                .filter(right -> right.entry().principal().equals("User:" + role.user()))
                .map(right -> right.entry().operation() + " " + right.pattern().name())
                .collect(Collectors.toSet());
    }

    private static Tls client(ClosedWires wires) {
        Map<String, String> tls = wires.clientTls();
        return new Tls(tls.get("trust-store"), Tls.NONE, tls.get("key-store"), tls.get("key-store-password"));
    }

    private static SSLServerSocket listen(ClosedWires wires) throws IOException {
        SSLServerSocket server = (SSLServerSocket) new TlsContext(wires.serverTls())
                .get()
                .getServerSocketFactory()
                .createServerSocket(0, 10, InetAddress.getLoopbackAddress());
        server.setNeedClientAuth(true);
        Thread greeter = new Thread(
                () -> {
                    while (true) {
                        try (var socket = server.accept()) {
                            socket.getOutputStream().write("hello".getBytes(StandardCharsets.US_ASCII));
                        } catch (IOException e) {
                            if (server.isClosed()) { // else a client was refused
                                return;
                            }
                        }
                    }
                },
                "greeter");
        greeter.setDaemon(true);
        greeter.start();
        return server;
    }

    private static String greeting(SSLServerSocket server, Tls tls, String host) throws IOException {
        var plain = new Socket(InetAddress.getLoopbackAddress(), server.getLocalPort());
        try (SSLSocket socket = (SSLSocket)
                new TlsContext(tls).get().getSocketFactory().createSocket(plain, host, server.getLocalPort(), true)) {
            SSLParameters verified = socket.getSSLParameters();
            verified.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(verified);
            socket.setSoTimeout(30_000);
            String text = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            if (text.isEmpty()) {
                throw new IOException("closed without a word");
            }
            return text;
        }
    }
}
