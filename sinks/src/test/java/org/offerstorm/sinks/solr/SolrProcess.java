package org.offerstorm.sinks.solr;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.offerstorm.local.servers.EmbeddedSolr;

/** Solr in a separate JVM, which the test kills. */
final class SolrProcess implements AutoCloseable {
    private static final String READY = "solr is at ";

    private final Process process;
    private final String url;

    private SolrProcess(Process process, String url) {
        this.process = process;
        this.url = url;
    }

    /** @param options of the JVM */
    static SolrProcess start(Path directory, int port, String... options) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx1g");
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), SolrProcess.class.getName()));
        command.addAll(List.of(directory.toString(), Integer.toString(port)));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith(READY)) {
                drain(output);
                return new SolrProcess(process, line.substring(READY.length()));
            }
        }
        process.destroyForcibly();
        throw new IOException("Solr's process ended before it was ready");
    }

    String url() {
        return url;
    }

    /** CPU time that the process has used. */
    Duration cpu() {
        return process.info().totalCpuDuration().orElseThrow();
    }

    /** kill -9. */
    void kill() {
        close();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    private static void drain(BufferedReader output) {
        Thread reader = new Thread(
                () -> {
                    try {
                        while (output.readLine() != null) {
                            // so that the process never waits for its own log
                        }
                    } catch (IOException e) {
                        // it was killed
                    }
                },
                "solr-output");
        reader.setDaemon(true);
        reader.start();
    }

    /** Runs Solr over a directory on a port until the process is killed. */
    public static void main(String[] args) throws Exception {
        EmbeddedSolr solr = EmbeddedSolr.start(Path.of(args[0]), Integer.parseInt(args[1]), Configset::copyTo);
        System.out.println(READY + solr.url());
        Thread.currentThread().join();
    }
}
