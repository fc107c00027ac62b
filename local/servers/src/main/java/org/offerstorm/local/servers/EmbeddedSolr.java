package org.offerstorm.local.servers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.solr.embedded.JettyConfig;
import org.apache.solr.embedded.JettySolrRunner;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real Solr in this process, with the one core {@value #CORE}. Started and closed by one thread.
 *
 * <pre>
 *   directory/solr.xml
 *   directory/offers/core.properties
 *   directory/offers/conf/            written again at each start, from the class path (conf/solr/offers/conf)
 *   directory/offers/data/            index and update log: kept
 * </pre>
 *
 * <p>A start after a kill replays the update log, in the background: the core answers before the replay is finished. A
 * lock file that a killed process left does no harm, because the lock itself is the operating system's.
 */
public final class EmbeddedSolr implements AutoCloseable {
    /** Name of the core. */
    public static final String CORE = "offers";

    private static final Logger log = LoggerFactory.getLogger(EmbeddedSolr.class);
    private static final String CONTEXT = "/solr";
    private static final long LOAD_MILLIS = 600_000;

    /** Properties of the core: ids in the format of offerstorm-solr.jar, which is on this class path. */
    public static final Map<String, String> PROPERTIES = Map.of("offerstorm.solr.idType", "filteredId");

    private final JettySolrRunner jetty;
    private final String url;

    private EmbeddedSolr(JettySolrRunner jetty, String url) {
        this.jetty = jetty;
        this.url = url;
    }

    /** Writes the configuration of the core: schema.xml, solrconfig.xml and what they name. */
    @FunctionalInterface
    public interface CoreFiles {
        void copyTo(Path directory) throws IOException;
    }

    /**
     * Starts Solr on 127.0.0.1 with {@link #PROPERTIES} and waits until the core is loaded.
     *
     * @param directory made if absent; no other process may use it
     * @param port 0 for a free one
     * @param files the configuration of the core
     * @throws IOException if the directory cannot be written, the port is taken, or the core cannot be loaded
     */
    public static EmbeddedSolr start(Path directory, int port, CoreFiles files) throws IOException {
        return start(directory, port, files, PROPERTIES);
    }

    /**
     * As {@link #start(Path, int, CoreFiles)}, with these properties of the core; without any, the core is as on a server
     * without offerstorm-solr.jar.
     */
    public static EmbeddedSolr start(Path directory, int port, CoreFiles files, Map<String, String> properties)
            throws IOException {
        Path home = directory.toAbsolutePath();
        layOut(home, files, properties);
        return FreePorts.listen(port, chosen -> startOn(chosen, home));
    }

    private static EmbeddedSolr startOn(int port, Path home) throws IOException {
        JettySolrRunner jetty = runner(home, port);
        try {
            jetty.start(false);
            Throwable failure = loadFailure(jetty);
            if (failure != null) {
                throw new IOException("core " + CORE + " did not load: " + failure.getMessage(), failure);
            }
        } catch (Exception e) {
            stop(jetty);
            throw new IOException(
                    "cannot start Solr on 127.0.0.1:" + port + " over " + home + ": " + e.getMessage()
                            + "; is the port taken, or another process using the directory?",
                    e);
        }
        return new EmbeddedSolr(jetty, "http://127.0.0.1:" + jetty.getLocalPort() + CONTEXT);
    }

    /**
     * Starts a node of a cloud on 127.0.0.1, without any core, and waits until it may get some.
     *
     * @param directory made if absent; no other process may use it
     * @param zooKeeper address of the cloud's ZooKeeper
     * @throws IOException if the directory cannot be written, or the node does not start
     */
    public static EmbeddedSolr startNode(Path directory, String zooKeeper) throws IOException {
        Path home = Files.createDirectories(directory.toAbsolutePath());
        return FreePorts.listen(0, port -> startNode(home, zooKeeper, port));
    }

    private static EmbeddedSolr startNode(Path home, String zooKeeper, int port) throws IOException {
        write(
                home.resolve("solr.xml"),
                "<solr><logging><bool name=\"enabled\">false</bool></logging><solrcloud><str name=\"zkHost\">"
                        + zooKeeper
                        + "</str><str name=\"host\">127.0.0.1</str><int name=\"hostPort\">" + port
                        + "</int><str name=\"hostContext\">solr</str></solrcloud></solr>\n");
        JettySolrRunner jetty = runner(home, port);
        try {
            jetty.start(false);
        } catch (Exception e) {
            stop(jetty);
            throw new IOException("cannot start a node of Solr in " + home + ": " + e.getMessage(), e);
        }
        return new EmbeddedSolr(jetty, "http://127.0.0.1:" + jetty.getLocalPort() + CONTEXT);
    }

    /** Base address for clients, {@code http://127.0.0.1:port/solr}. */
    public String url() {
        return url;
    }

    /** Commits, and waits until everything has stopped. Does not throw. */
    @Override
    public void close() {
        stop(jetty);
    }

    private static JettySolrRunner runner(Path home, int port) {
        // It binds 127.0.0.1, regardless of its configuration.
        return new JettySolrRunner(
                home.toString(),
                JettyConfig.builder()
                        .setContext(CONTEXT)
                        .setPort(port)
                        // Its retry of a taken port ends with a message that says nothing of a port.
                        .withPortRetryTime(0)
                        .stopAtShutdown(false)
                        .waitForLoadingCoresToFinish(LOAD_MILLIS)
                        .build());
    }

    private static Throwable loadFailure(JettySolrRunner jetty) {
        var container = jetty.getCoreContainer();
        if (container == null) {
            return new IllegalStateException("Solr has no core container; see its log");
        }
        var failure = container.getCoreInitFailures().get(CORE);
        if (failure != null) {
            return failure.exception;
        }
        return container.getLoadedCoreNames().contains(CORE)
                ? null
                : new IllegalStateException("there is no core " + CORE + " after the start");
    }

    private static void stop(JettySolrRunner jetty) {
        try {
            jetty.stop();
        } catch (Exception e) {
            log.warn("Solr did not stop cleanly: {}", e.toString());
        }
    }

    private static void layOut(Path home, CoreFiles files, Map<String, String> properties) throws IOException {
        Path conf = Files.createDirectories(home.resolve(CORE).resolve("conf"));
        write(home.resolve("solr.xml"), "<solr><logging><bool name=\"enabled\">false</bool></logging></solr>\n");
        StringBuilder core = new StringBuilder("name=" + CORE + "\n");
        properties.forEach(
                (key, value) -> core.append(key).append('=').append(value).append('\n'));
        write(conf.resolveSibling("core.properties"), core.toString());
        files.copyTo(conf);
    }

    private static void write(Path file, String text) throws IOException {
        Files.writeString(file, text, StandardCharsets.UTF_8);
    }
}
