package org.offerstorm.local.trials.search;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.offerstorm.local.cluster.SolrMain;
import org.offerstorm.local.servers.FreePorts;
import org.offerstorm.local.servers.JavaCommand;
import org.offerstorm.local.servers.Proc;
import org.offerstorm.sinks.solr.Configset;
import org.offerstorm.sinks.solr.SolrConfig;

/** A Solr in a separate process, with a core for each variant of the schema. Used by one thread. */
final class BenchSolr implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(2);
    private static final Duration CALL = Duration.ofMinutes(2);
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final Process process;
    private final Path home;
    private final String url;

    private BenchSolr(Process process, Path home, String url) {
        this.process = process;
        this.home = home;
        this.url = url;
    }

    /** @param heap of the JVM, {@code 2g} */
    static BenchSolr start(Path home, List<Variant> variants, String heap) throws IOException, InterruptedException {
        Files.createDirectories(home);
        Files.writeString(
                home.resolve("solr.xml"), "<solr><logging><bool name=\"enabled\">false</bool></logging></solr>\n");
        for (Variant variant : variants) {
            layOut(home.resolve(variant.core()), variant);
        }
        int port = FreePorts.one();
        Process process = new ProcessBuilder(JavaCommand.of(
                        List.of("-Xmx" + heap, "-XX:+UseG1GC", "-Dsolr.log.dir=" + home),
                        SolrMain.class.getName(),
                        List.of(home.toString(), Integer.toString(port))))
                .redirectOutput(home.resolve("solr.out").toFile())
                .redirectError(home.resolve("solr.err").toFile())
                .start();
        // Ctrl-C ends this process without a word to that one.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly, "end-solr"));
        BenchSolr solr = new BenchSolr(process, home, "http://127.0.0.1:" + port + "/solr");
        long end = System.nanoTime() + START.toNanos();
        for (Variant variant : variants) {
            while (!solr.isUp(variant.core())) {
                if (!process.isAlive() || System.nanoTime() > end) {
                    solr.close();
                    throw new IOException("Solr did not start; see " + home.resolve("solr.out"));
                }
                Thread.sleep(200);
            }
        }
        return solr;
    }

    SolrConfig config(Variant variant) {
        return new SolrConfig(url, variant.core(), Duration.ofSeconds(60), Duration.ofSeconds(1));
    }

    double cpuSeconds() {
        return Proc.cpuSeconds(process.pid()).orElse(Double.NaN);
    }

    /** Bytes of the index on the disk, without the update log. */
    long indexBytes(Variant variant) throws IOException {
        try (Stream<Path> files = Files.walk(home.resolve(variant.core()).resolve("data/index"))) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    /** A hard commit, which frees what merges have replaced. */
    void commit(Variant variant) throws IOException, InterruptedException {
        call("/" + variant.core() + "/update?commit=true");
        call("/" + variant.core() + "/update?commit=true");
    }

    /** Frees memory and disk of a variant that is measured. */
    void drop(Variant variant) throws IOException, InterruptedException {
        call("/admin/cores?action=UNLOAD&deleteInstanceDir=true&core=" + variant.core());
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    private boolean isUp(String core) throws InterruptedException {
        try {
            call("/" + core + "/select?q=*:*&rows=0");
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private void call(String path) throws IOException, InterruptedException {
        HttpResponse<String> response = CLIENT.send(
                HttpRequest.newBuilder(URI.create(url + path)).timeout(CALL).build(),
                HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException(url + path + " answered " + response.statusCode());
        }
    }

    private static void layOut(Path core, Variant variant) throws IOException {
        Path conf = Files.createDirectories(core.resolve("conf"));
        Files.writeString(core.resolve("core.properties"), "name=" + variant.core() + "\n");
        Configset.copyTo(conf);
        Path schema = conf.resolve("schema.xml");
        Files.writeString(schema, variant.apply(Files.readString(schema)));
    }
}
