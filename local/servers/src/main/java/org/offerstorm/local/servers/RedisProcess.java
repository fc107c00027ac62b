package org.offerstorm.local.servers;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** A redis-server process that serves one directory; possibly left behind by another JVM. */
final class RedisProcess {
    private static final Duration POLL = Duration.ofMillis(10);

    private final ProcessHandle handle;

    private RedisProcess(ProcessHandle handle) {
        this.handle = handle;
    }

    /**
     * The process that {@code pidFile} names, if it is alive and truly a redis-server at work in {@code directory}: a pid
     * may long belong to somebody else.
     */
    static Optional<RedisProcess> named(Path pidFile, Path directory) throws IOException {
        if (!Files.exists(pidFile)) {
            return Optional.empty();
        }
        long pid;
        try {
            pid = Long.parseLong(Files.readString(pidFile).strip());
        } catch (NumberFormatException e) { // cut short by a crash
            return Optional.empty();
        }
        return ProcessHandle.of(pid)
                .map(RedisProcess::new)
                .filter(process -> process.isAlive() && process.serves(directory));
    }

    long pid() {
        return handle.pid();
    }

    /** A process that ended but was not yet reaped counts as ended. */
    boolean isAlive() {
        // Without a stat there is no /proc here, or it ended this moment.
        return handle.isAlive() && Proc.stat(pid()).map(stat -> !stat.isEnded()).orElseGet(handle::isAlive);
    }

    /** SIGTERM, on which Redis syncs its log; SIGKILL if it has not ended after {@code patience}. */
    void end(Duration patience) throws IOException {
        handle.destroy();
        if (!awaitEnd(patience)) {
            handle.destroyForcibly();
            if (!awaitEnd(patience)) {
                throw new IOException("redis-server with pid " + pid() + " does not end; end it by hand");
            }
        }
    }

    static void pause() throws InterruptedIOException {
        try {
            Thread.sleep(POLL.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for redis-server");
        }
    }

    private boolean awaitEnd(Duration patience) throws IOException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (isAlive()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            pause();
        }
        return true;
    }

    private boolean serves(Path directory) {
        Optional<Path> works = Proc.workingDirectory(pid()).filter(Files::isDirectory);
        if (works.isEmpty()) { // no /proc (macOS), or not our process
            String commandLine = handle.info().commandLine().orElse("");
            return commandLine.contains(directory.resolve("bin").resolve("redis-server") + " ");
        }
        try {
            return String.join(" ", Proc.commandLine(pid())).contains("redis-server")
                    && works.get().equals(directory.toRealPath());
        } catch (IOException e) { // no such directory any more
            return false;
        }
    }
}
