package org.offerstorm.local.servers;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The processes that serve one directory, possibly left behind by another JVM. They are known by a name that is made of
 * the directory's path: the server has it on its command line, and gives it to its own processes.
 */
final class PostgresProcess {
    private static final Duration POLL = Duration.ofMillis(10);
    private static final int NAME_BYTES = 8;

    private final String name;

    private PostgresProcess(String name) {
        this.name = name;
    }

    /** @param directory with symbolic links resolved */
    static PostgresProcess of(Path directory) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(directory.toString().getBytes(StandardCharsets.UTF_8));
            return new PostgresProcess("offerstorm-" + HexFormat.of().formatHex(digest, 0, NAME_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // each Java has it
        }
    }

    /** Value of {@code cluster_name}. */
    String name() {
        return name;
    }

    /** What the server's command line has. */
    String argument() {
        return "--cluster_name=" + name;
    }

    /** The server itself; empty if it has ended, reaped or not. */
    Optional<ProcessHandle> server() {
        return ProcessHandle.allProcesses()
                .filter(this::isServer)
                .filter(PostgresProcess::isAlive)
                // A process that it has just made has not taken a name yet.
                .filter(handle -> handle.parent().filter(this::isServer).isEmpty())
                .findFirst();
    }

    /** Its connections' and background processes, which end with it, but not at once if it is killed. */
    List<ProcessHandle> others() {
        return ProcessHandle.allProcesses()
                .filter(this::isOther)
                .filter(PostgresProcess::isAlive)
                .toList();
    }

    /** SIGKILL to all of them, and waits for their end. */
    void kill(Duration patience) throws IOException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            Optional<ProcessHandle> server = server(); // first, so that it starts no others
            server.ifPresent(ProcessHandle::destroyForcibly);
            List<ProcessHandle> others = others();
            others.forEach(ProcessHandle::destroyForcibly);
            if (server.isEmpty() && others.isEmpty()) {
                return;
            }
            if (System.nanoTime() > deadline) {
                throw new IOException("postgres with pid "
                        + server.or(() -> others.stream().findFirst()).get().pid() + " does not end; end it by hand");
            }
            pause();
        }
    }

    static boolean isAlive(ProcessHandle handle) {
        // Without a stat there is no /proc here, or it ended this moment.
        return handle.isAlive()
                && Proc.stat(handle.pid()).map(stat -> !stat.isEnded()).orElseGet(handle::isAlive);
    }

    static void pause() throws InterruptedIOException {
        try {
            Thread.sleep(POLL.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for postgres");
        }
    }

    private boolean isServer(ProcessHandle handle) {
        List<String> command = Proc.commandLine(handle.pid());
        return !command.isEmpty() && command.get(0).endsWith("/postgres") && command.contains(argument());
    }

    private boolean isOther(ProcessHandle handle) {
        List<String> command = Proc.commandLine(handle.pid());
        return !command.isEmpty() && command.get(0).startsWith("postgres: " + name + ":");
    }
}
