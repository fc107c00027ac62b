package org.offerstorm.local.cluster;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.HttpsURLConnection;
import org.offerstorm.core.tls.TlsContext;
import org.offerstorm.local.cluster.secure.ClosedWires;
import org.offerstorm.local.cluster.secure.ClusterRole;
import org.offerstorm.sinks.solr.Configset;

/** Solr: one server without a core, which {@code setup} makes. */
final class ClusterSolr {
    private static final int TIMEOUT_MILLIS = 3_000;
    private static final int HEAP = 384;

    private final ClusterDirectory directory;
    private final String address;
    private final int port;
    private final Optional<ClosedWires> closed;

    ClusterSolr(ClusterDirectory directory, PortFile ports, Optional<ClosedWires> closed) {
        this.directory = directory;
        this.port = ports.of(OtherServers.SOLR);
        this.address = "127.0.0.1:" + port + "/solr";
        this.closed = closed;
    }

    /** For our configuration, as this role. */
    String url(ClusterRole role) {
        return closed.map(wires -> "https://" + role.user() + ":" + wires.reference(role) + "@")
                        .orElse("http://")
                + address;
    }

    Server server(Jvm jvm) {
        Path home = directory.resolve(OtherServers.SOLR);
        return new Server(
                OtherServers.SOLR,
                List.of(port),
                jvm.command(
                        OtherServers.SOLR,
                        HEAP,
                        (Path) null,
                        flags(jvm),
                        SolrMain.class.getName(),
                        List.of(home.toString(), Integer.toString(port))),
                home,
                Map.of(),
                () -> layOut(home),
                this::check);
    }

    private List<String> flags(Jvm jvm) {
        return closed.map(wires -> List.of(
                        jvm.logging(),
                        "-D" + SolrMain.STORE + "=" + wires.serverStore(),
                        "-D" + SolrMain.TRUST + "=" + wires.trustStore(),
                        "-D" + SolrMain.PASSWORD + "=" + wires.storePassword()))
                .orElseGet(() -> List.of(jvm.logging()));
    }

    /** No core: 'setup' makes it, from the configset. */
    private void layOut(Path home) throws IOException {
        SettingsFile.write(
                home.resolve("solr.xml"), "<solr><logging><bool name=\"enabled\">false</bool></logging></solr>\n");
        if (closed.isPresent()) {
            SettingsFile.write(home.resolve("security.json"), closed.get().solr());
        }
        Path conf = Files.createDirectories(home.resolve("configsets/offers/conf"));
        Configset.copyTo(conf);
    }

    private void check() throws IOException {
        String url = (closed.isPresent() ? "https://" : "http://") + address;
        HttpURLConnection request = (HttpURLConnection)
                URI.create(url + "/admin/info/health?wt=json").toURL().openConnection();
        request.setConnectTimeout(TIMEOUT_MILLIS);
        request.setReadTimeout(TIMEOUT_MILLIS);
        if (closed.isPresent() && request instanceof HttpsURLConnection secure) {
            secure.setSSLSocketFactory(
                    new TlsContext(closed.get().serverTls()).get().getSocketFactory());
            String login = ClusterRole.EVERYTHING.user() + ":" + closed.get().password(ClusterRole.EVERYTHING);
            secure.setRequestProperty(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.US_ASCII)));
        }
        try {
            if (request.getResponseCode() != HttpURLConnection.HTTP_OK) {
                throw new IOException(url + " answers " + request.getResponseCode());
            }
        } finally {
            request.disconnect();
        }
    }
}
