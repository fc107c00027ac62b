package org.offerstorm.local.cluster;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.offerstorm.core.check.Failure;
import org.offerstorm.local.servers.FreePorts;
import org.offerstorm.tools.terminal.Pause;

/**
 * Starts processes that outlive this one: in a separate session (no Ctrl-C and no hang-up of the terminal reaches them),
 * nothing on standard input, output to a log, no file of ours open (Java closes all of them in a child).
 */
final class Launcher {
    private static final Path SETSID = Path.of("/usr/bin/setsid");
    private static final long LOG_BYTES = 32L << 20;
    private static final Duration PORT_PATIENCE = Duration.ofSeconds(10);
    private static final int POLL_MILLIS = 100;

    private final ClusterDirectory directory;

    Launcher(ClusterDirectory directory) {
        this.directory = directory;
    }

    /** The server's process, if this very one still runs. */
    Optional<ProcessId> running(Server server) throws IOException {
        return ProcessId.read(runFile(server.name())).filter(ProcessId::isAlive);
    }

    /** The process that was last started for the server, running or not. */
    Optional<ProcessId> last(Server server) throws IOException {
        return ProcessId.read(runFile(server.name()));
    }

    /**
     * Starts it; it does not serve yet.
     *
     * @throws Failure if a port is taken
     */
    ProcessId start(Server server) throws IOException {
        for (int port : server.ports()) {
            requireFree(port, server.name());
        }
        server.preparation().run();
        Files.createDirectories(server.directory());
        Files.createDirectories(directory.resolve("tmp"));
        Path log = directory.log(server.name());
        Files.createDirectories(log.getParent());
        if (Files.exists(log) && Files.size(log) > LOG_BYTES) {
            Files.move(log, log.resolveSibling(server.name() + ".1.log"), StandardCopyOption.REPLACE_EXISTING);
        }
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(SETSID)) {
            command.add(SETSID.toString()); // becomes the server itself, with the same pid
        }
        command.addAll(server.command());
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(server.directory().toFile())
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(log.toFile()));
        builder.environment().putAll(server.environment());
        Process process = builder.start();
        ProcessId id = ProcessId.of(process.pid())
                .orElseThrow(() -> Failure.unreachable(server.name() + " ended at once; see " + log, null));
        id.write(runFile(server.name()));
        return id;
    }

    /** A process that was killed holds its port until its last thread has ended, when it is listed no more; it is waited for. */
    private void requireFree(int port, String server) {
        long deadline = System.nanoTime() + PORT_PATIENCE.toNanos();
        while (!FreePorts.isFree(port)) {
            String who = Listeners.whoListens(port);
            if (!who.isEmpty() || System.nanoTime() - deadline > 0) {
                throw Failure.unreachable(
                        "port " + port + ", where " + server + " has to listen, is taken" + who
                                + "; end that process, or take the cluster down and change the number in "
                                + directory.resolve("ports"),
                        null);
            }
            Pause.millis(POLL_MILLIS);
        }
    }

    /** Forgets a process that has ended. */
    void forget(String server) throws IOException {
        Files.deleteIfExists(runFile(server));
    }

    private Path runFile(String server) {
        return directory.resolve("run").resolve(server);
    }
}
