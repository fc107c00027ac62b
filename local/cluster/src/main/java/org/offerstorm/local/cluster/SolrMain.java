package org.offerstorm.local.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.solr.client.solrj.embedded.SSLConfig;
import org.apache.solr.embedded.JettyConfig;
import org.apache.solr.embedded.JettySolrRunner;
import org.offerstorm.local.servers.EmbeddedSolr;

/**
 * Solr in a separate process: {@code SolrMain HOME PORT}. It serves on 127.0.0.1 until the process is terminated. Its
 * properties are those of {@link EmbeddedSolr}, where {@code -D} does not say otherwise. With {@code -D}{@value #STORE} it
 * serves HTTPS, to clients with a certificate alone.
 */
public final class SolrMain {
    /** Property: file with key and certificates, PKCS12. */
    static final String STORE = "offerstorm.solr.keyStore";
    /** Property: file with the authorities of clients, PKCS12. */
    static final String TRUST = "offerstorm.solr.trustStore";
    /** Property: file with the password of both. */
    static final String PASSWORD = "offerstorm.solr.storePassword";

    /** Without it the runner takes no notice of its settings for TLS. */
    private static final String RUNNER_TAKES_TLS = "jetty.testMode";

    private SolrMain() {}

    public static void main(String[] args) throws Exception {
        Path home = Path.of(args[0]);
        EmbeddedSolr.PROPERTIES.forEach((key, value) -> System.setProperty(key, System.getProperty(key, value)));
        // The runner always binds 127.0.0.1.
        JettyConfig.Builder settings = JettyConfig.builder()
                .setContext("/solr")
                .setPort(Integer.parseInt(args[1]))
                .stopAtShutdown(false);
        if (System.getProperty(STORE) != null) {
            System.setProperty(RUNNER_TAKES_TLS, "true");
            settings.withSSLConfig(tls());
        }
        JettySolrRunner jetty = new JettySolrRunner(home.toString(), settings.build());
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(jetty), "stop"));
        try {
            jetty.start(false);
        } catch (Exception e) {
            e.printStackTrace();
            Runtime.getRuntime().halt(1); // threads of a half started Solr would keep the process
        }
        Thread.currentThread().join();
    }

    private static SSLConfig tls() throws IOException {
        String password = Files.readString(Path.of(System.getProperty(PASSWORD)));
        return new SSLConfig(true, true, System.getProperty(STORE), password, System.getProperty(TRUST), password);
    }

    @SuppressWarnings("CatchAndPrintStackTrace") // the logging may have ended; standard error is the log
    private static void stop(JettySolrRunner jetty) {
        try {
            jetty.stop();
        } catch (Exception e) {
            e.printStackTrace();
        }
    }
}
