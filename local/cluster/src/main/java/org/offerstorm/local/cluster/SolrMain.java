package org.offerstorm.local.cluster;

import java.nio.file.Path;
import org.apache.solr.embedded.JettyConfig;
import org.apache.solr.embedded.JettySolrRunner;
import org.offerstorm.local.servers.EmbeddedSolr;

/**
 * Solr in a separate process: {@code SolrMain HOME PORT}. It serves on 127.0.0.1 until the process is terminated. Its
 * properties are those of {@link EmbeddedSolr}, where {@code -D} does not say otherwise.
 */
public final class SolrMain {
    private SolrMain() {}

    public static void main(String[] args) throws Exception {
        Path home = Path.of(args[0]);
        EmbeddedSolr.PROPERTIES.forEach((key, value) -> System.setProperty(key, System.getProperty(key, value)));
        // The runner always binds 127.0.0.1.
        JettySolrRunner jetty = new JettySolrRunner(
                home.toString(),
                JettyConfig.builder()
                        .setContext("/solr")
                        .setPort(Integer.parseInt(args[1]))
                        .stopAtShutdown(false)
                        .build());
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(jetty), "stop"));
        try {
            jetty.start(false);
        } catch (Exception e) {
            e.printStackTrace();
            Runtime.getRuntime().halt(1); // threads of a half started Solr would keep the process
        }
        Thread.currentThread().join();
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
