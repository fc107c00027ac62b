package org.offerstorm.local.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.offerstorm.core.check.Failure;
import org.offerstorm.local.servers.Proc;
import org.offerstorm.tools.terminal.Pause;

/**
 * One process, for good: after its end the pid may belong to another, which must not be taken for it, let alone be
 * killed. So the time of its start belongs to it, and is compared before each signal.
 *
 * @param pid process id
 * @param started when it started, in the finest terms that the system has; compared, never computed with
 */
record ProcessId(long pid, String started) {
    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
    private static final Duration POLL = Duration.ofMillis(20);
    private static final Duration SIGNAL = Duration.ofSeconds(5);

    /** The process with this pid now; empty if there is none, or only a remainder that nobody has reaped. */
    static Optional<ProcessId> of(long pid) {
        return started(pid).map(started -> new ProcessId(pid, started));
    }

    /** Reads what {@link #write} wrote; empty if the file is not there or was cut short. */
    static Optional<ProcessId> read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        String[] words = Files.readString(file).strip().split(" ", 2);
        if (words.length < 2 || !words[0].matches("[0-9]{1,18}")) {
            return Optional.empty();
        }
        return Optional.of(new ProcessId(Long.parseLong(words[0]), words[1]));
    }

    void write(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, pid + " " + started + "\n");
    }

    /** Whether this very process runs. */
    boolean isAlive() {
        return started(pid).filter(started::equals).isPresent();
    }

    /** How long it runs; zero if it has ended. */
    Duration uptime() {
        return ProcessHandle.of(pid)
                .flatMap(handle -> handle.info().startInstant())
                .map(start -> Duration.between(start, Instant.now()))
                .filter(uptime -> !uptime.isNegative())
                .orElse(Duration.ZERO);
    }

    /** SIGTERM. Does nothing to any other process. */
    void terminate() {
        if (isAlive()) {
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy);
        }
    }

    /** SIGKILL. Does nothing to any other process. */
    void kill() {
        if (isAlive()) {
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    /**
     * Another signal: Java itself knows SIGTERM and SIGKILL only.
     *
     * @param signal its name without SIG
     * @throws Failure if it cannot be sent
     */
    void signal(String signal) {
        try {
            Process kill = new ProcessBuilder("/bin/sh", "-c", "kill -" + signal + " " + pid)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!kill.waitFor(SIGNAL.toMillis(), TimeUnit.MILLISECONDS) || kill.exitValue() != 0) {
                throw Failure.unreachable("pid " + pid + " cannot be sent SIG" + signal, null);
            }
        } catch (IOException e) {
            throw Failure.unreachable(e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.interrupted("interrupted", e);
        }
    }

    /** Waits for its end; false if it still runs after {@code patience}. */
    boolean awaitEnd(Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (isAlive()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            Pause.of(POLL);
        }
        return true;
    }

    private static Optional<String> started(long pid) {
        if (Files.exists(BOOT)) {
            try {
                String boot = Files.readString(BOOT).strip();
                return Proc.stat(pid).filter(stat -> !stat.isEnded()).map(stat -> stat.startTime() + " " + boot);
            } catch (IOException e) {
                return Optional.empty();
            }
        }
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .map(handle ->
                        handle.info().startInstant().map(Instant::toString).orElse("unknown"));
    }
}
