package org.offerstorm.tools.setup;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.offerstorm.core.check.Finding;
import org.offerstorm.local.servers.testing.TestCertificate;
import org.offerstorm.tools.config.ConfigLoader;

/** A broker whose certificate will not do: Kafka's client speaks of authentication, and no user is wrong. */
class DoctorTlsTest {
    @Test
    void an_untrusted_broker_is_no_wrong_user(@TempDir Path directory) throws Exception {
        TestCertificate certificate = TestCertificate.of(directory, "dns:other.example.org");

        Finding untrusted = kafka(certificate, Map.of());
        assertThat(untrusted.isFailure()).isTrue();
        assertThat(untrusted.message()).startsWith("TLS fails").contains("PKIX");
        assertThat(untrusted.fix())
                .contains("is not trusted", "trust-store in security.tls")
                .doesNotContain("correct the user");

        Finding another = kafka(
                certificate,
                Map.of(
                        "source.properties.ssl.truststore.type",
                        "PEM",
                        "source.properties.ssl.truststore.location",
                        certificate.certificate().toString()));
        assertThat(another.message()).contains("No subject alternative").doesNotContain("PKIX");
        assertThat(another.fix()).contains("is for another host", "source.bootstrap-servers");
    }

    private static Finding kafka(TestCertificate certificate, Map<String, String> more) throws Exception {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(certificate.shown()));
        server.start();
        try {
            Map<String, String> settings = new java.util.HashMap<>(more);
            settings.put(
                    "source.bootstrap-servers",
                    "localhost:" + server.getAddress().getPort());
            settings.put("source.properties.security.protocol", "SSL");
            List<Finding> found = new ArrayList<>();
            new KafkaHealth(ConfigLoader.load(null, settings), Duration.ofSeconds(20)).run(found::add);
            assertThat(found).hasSize(1);
            return found.get(0);
        } finally {
            server.stop(0);
        }
    }
}
