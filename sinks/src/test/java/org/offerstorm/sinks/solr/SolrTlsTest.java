package org.offerstorm.sinks.solr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.offerstorm.core.check.Finding;
import org.offerstorm.core.tls.Tls;
import org.offerstorm.local.servers.testing.TestCertificate;

/** Who may have the password of solr.url, and what doctor says about the others. */
class SolrTlsTest {
    @TempDir
    private Path directory;

    private final List<String> authorizations = new CopyOnWriteArrayList<>();
    private SSLContext before;
    private HttpsServer server;

    @BeforeEach
    void start() throws Exception {
        before = SSLContext.getDefault();
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            authorizations.add(exchange.getRequestHeaders().getFirst("Authorization"));
            exchange.sendResponseHeaders(500, -1);
            exchange.close();
        });
    }

    @AfterEach
    void stop() {
        server.stop(0);
        SSLContext.setDefault(before);
    }

    @Test
    void a_trusted_certificate_for_the_host_is_served() throws Exception {
        SSLContext.setDefault(TestCertificate.trusting(serve("dns:localhost,ip:127.0.0.1")));
        for (String host : List.of("localhost", "127.0.0.1")) {
            assertThat(doctor(host))
                    .extracting(Finding::message)
                    .first()
                    .asString()
                    .contains("answered 500");
        }
        assertThat(authorizations).hasSize(2).doesNotContainNull();
    }

    @Test
    void a_certificate_for_another_host_is_refused_before_the_password_is_sent() throws Exception {
        SSLContext.setDefault(TestCertificate.trusting(serve("dns:other.example.org,ip:127.0.0.9")));
        for (String host : List.of("localhost", "127.0.0.1")) {
            Finding finding = doctor(host).get(0);
            assertThat(finding.isFailure()).isTrue();
            assertThat(finding.message()).startsWith("TLS fails");
            assertThat(finding.fix()).contains("write in solr.url a name or address that the certificate contains");
        }
        assertThat(authorizations).isEmpty();
    }

    @Test
    void an_untrusted_authority_is_refused_with_advice_about_trust() throws Exception {
        serve("dns:localhost");
        Finding finding = doctor("localhost").get(0);
        assertThat(finding.message()).contains("PKIX").doesNotContain("is Solr running there?");
        assertThat(finding.fix())
                .contains("is not trusted", "trust-store in security.tls")
                .doesNotContain("start Solr");
        assertThat(authorizations).isEmpty();
    }

    @Test
    void its_own_trust_store_decides_and_is_read_again_when_it_changes() throws Exception {
        TestCertificate certificate = serve("dns:localhost");
        Path trust = Files.copy(
                TestCertificate.of(directory, "dns:localhost").certificate(), directory.resolve("trust.pem"));
        SolrConfig config = config("localhost", new Tls(trust.toString(), Tls.NONE, Tls.NONE, Tls.NONE));
        assertThat(doctor(config).get(0).fix()).contains("is not trusted");

        SolrCounts counts = new SolrCounts(config);
        assertThatThrownBy(counts::read).hasMessageContaining("PKIX");
        Files.copy(certificate.certificate(), trust, StandardCopyOption.REPLACE_EXISTING);
        assertThatThrownBy(counts::read).hasMessageContaining("answered 500");
        SolrQueries queries = new SolrQueries(config);
        assertThatThrownBy(() -> queries.ask("/offers", new QueryParameters(), Duration.ofSeconds(5)))
                .hasMessageContaining("answered 500");
        Files.delete(trust);
        assertThat(doctor(config).get(0)).satisfies(finding -> {
            assertThat(finding.message()).contains("trust.pem", "cannot be read");
            assertThat(finding.fix()).contains("repair that file");
        });
    }

    private TestCertificate serve(String names) throws Exception {
        TestCertificate certificate = TestCertificate.of(directory, names);
        server.setHttpsConfigurator(new HttpsConfigurator(certificate.shown()));
        server.start();
        return certificate;
    }

    private SolrConfig config(String host, Tls tls) {
        String url =
                "https://ann:open-sesame@" + host + ":" + server.getAddress().getPort() + "/solr";
        return new SolrConfig(url, "offers", Duration.ofSeconds(5), Duration.ofSeconds(1), tls);
    }

    private List<Finding> doctor(String host) {
        return doctor(config(host, Tls.OF_JAVA));
    }

    private static List<Finding> doctor(SolrConfig config) {
        List<Finding> found = new ArrayList<>();
        new SolrHealth(config, Optional::empty, InstantSource.system()).run(found::add);
        return found;
    }
}
