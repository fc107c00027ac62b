package org.offerstorm.local.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.offerstorm.tools.terminal.StopRequest;

/**
 * {@code lake serve} as a process of the demo's: it answers the dashboard at an address that is known before it starts. It ends
 * when this process does, however that ends, because its standard input ends then. One thread.
 */
final class LakeServe implements AutoCloseable {
    private static final String UP = "Lake  http";
    private static final long LOOK_MILLIS = 200;
    private static final long END_SECONDS = 10;

    private final Path log;
    private final Process process;
    private boolean isUp;

    private LakeServe(Path log, Process process) {
        this.log = log;
        this.process = process;
    }

    /** {@code http://127.0.0.1:port}. */
    static String url(int port) {
        return "http://127.0.0.1:" + port;
    }

    /**
     * Starts it; it answers some seconds later.
     *
     * @param launcher the program
     * @param configuration says where the lake is
     * @param log takes what it prints
     * @throws IOException if the launcher cannot be run
     */
    static LakeServe start(Path launcher, Path configuration, int port, Path log) throws IOException {
        List<String> command = List.of(
                launcher.toString(),
                "lake",
                "serve",
                "--until-input-ends",
                "--port",
                Integer.toString(port),
                "--config",
                configuration.toString());
        return new LakeServe(
                log,
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start());
    }

    /** Waits until it answers; false if it has ended, or the user wants an end before. */
    boolean await(StopRequest stop) throws IOException {
        try {
            while (!stop.isRequested()) {
                if (Files.readString(log, UTF_8).contains(UP)) {
                    isUp = true;
                    return true;
                }
                if (process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                    return false;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        try {
            if (!isUp || !process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor(END_SECONDS, TimeUnit.SECONDS); // it writes nothing
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
