package org.offerstorm.sinks.changes;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.offerstorm.local.servers.EmbeddedKafka;
import org.offerstorm.local.servers.JavaCommand;

/** A broker that may be killed like any process, and started again where it was. */
final class KafkaInAnotherProcess implements AutoCloseable {
    private static final String READY = "ready at port ";

    private final Path directory;
    private Process process;
    private int port;

    KafkaInAnotherProcess(Path directory) throws IOException {
        this.directory = directory;
        start();
    }

    @SuppressWarnings({"SystemOut", "ThreadSleep"})
    public static void main(String[] args) throws Exception {
        EmbeddedKafka kafka = EmbeddedKafka.start(Path.of(args[0]), Integer.parseInt(args[1]));
        System.out.println(READY + kafka.port());
        Thread.sleep(Long.MAX_VALUE);
    }

    String servers() {
        return "127.0.0.1:" + port;
    }

    void start() throws IOException {
        process = new ProcessBuilder(JavaCommand.of(
                        List.of("-Xmx384m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"),
                        KafkaInAnotherProcess.class.getName(),
                        List.of(directory.toString(), Integer.toString(port))))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        BufferedReader lines = process.inputReader();
        String ready = lines.lines()
                .filter(line -> line.startsWith(READY))
                .findFirst()
                .orElseThrow(() -> new IOException("Kafka did not start"));
        port = Integer.parseInt(ready.substring(READY.length()));
    }

    /** kill -9. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
