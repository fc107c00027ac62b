package org.offerstorm.local.cluster;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.offerstorm.local.servers.Proc;

/**
 * Whether a process that starts still makes progress. A start on a busy machine takes as long as it takes; one that does
 * nothing more is given up after {@code patience}, and any start after {@value #LONGEST} times that.
 *
 * <p>Progress is a line in a log of a kind that the log did not have before (a line that only repeats with other numbers is
 * none, because a server that cannot reach another one says so forever), a {@link #step} that the caller sees, and,
 * where the process does nothing else, its CPU time. Time in which the process wanted the processor and others had it does
 * not count. Used by one thread.
 */
public final class Progress {
    /** Times its patience: the limit of a start that runs in circles. */
    static final int LONGEST = 10;

    /** Of the patience: a server that idles takes up to 1.6 % of a core. */
    private static final double CPU_SHARE = 0.025;

    /** Numbers, times, ids. */
    private static final Pattern WITH_DIGITS = Pattern.compile("\\w*[0-9]\\w*");

    private static final int MOST_BYTES = 1 << 20;
    private static final int MOST_KINDS = 10_000;

    private final Duration patience;
    private final LongSupplier nanos;
    private final Machine machine;
    private final List<Path> logs;
    private final Map<Path, Long> read = new HashMap<>();
    private final Set<String> kinds = new HashSet<>();

    private final long begin;
    private long lookedAt;
    private double idleNanos;
    private double cpuAtProgress;
    private Optional<Proc.Turns> turns;

    /** What the system says about the process. */
    interface Machine {
        /** How its threads were served; empty if the system does not say. */
        Optional<Proc.Turns> turns();

        /** Seconds of CPU since its start; 0 if they say nothing about the start. */
        double cpuSeconds();
    }

    Progress(Duration patience, List<Path> logs, Machine machine, LongSupplier nanos) {
        this.patience = patience;
        this.logs = List.copyOf(logs);
        this.machine = machine;
        this.nanos = nanos;
        this.begin = nanos.getAsLong();
        this.lookedAt = begin;
        this.cpuAtProgress = machine.cpuSeconds();
        this.turns = machine.turns();
        for (Path log : logs) {
            read.put(log, length(log));
        }
    }

    /** Of a server with its own process and log. */
    static Progress of(ProcessId process, Path log, Duration patience) {
        return new Progress(
                patience,
                List.of(log),
                new Machine() {
                    @Override
                    public Optional<Proc.Turns> turns() {
                        return Proc.turns(process.pid());
                    }

                    @Override
                    public double cpuSeconds() {
                        return Proc.cpuSeconds(process.pid()).orElse(0);
                    }
                },
                System::nanoTime);
    }

    /** Of a start within this process, whose CPU time says nothing because what is up uses it too. */
    public static Progress ofThisProcess(List<Path> logs, Duration patience) {
        long pid = ProcessHandle.current().pid();
        return new Progress(
                patience,
                logs,
                new Machine() {
                    @Override
                    public Optional<Proc.Turns> turns() {
                        return Proc.turns(pid);
                    }

                    @Override
                    public double cpuSeconds() {
                        return 0;
                    }
                },
                System::nanoTime);
    }

    /** The caller saw something of the start, in words; the same words with other numbers again are no progress. */
    public void step(String what) {
        if (isNew(what)) {
            reset();
        }
    }

    /**
     * Looks, which takes some milliseconds.
     *
     * @return why the start should be given up, such as {@code no progress for 90 s}; empty if it should not
     */
    public Optional<String> givenUp() {
        long now = nanos.getAsLong();
        idleNanos += (now - lookedAt) * share();
        lookedAt = now;
        if (hasNewLines() || machine.cpuSeconds() - cpuAtProgress >= patience.toMillis() / 1e3 * CPU_SHARE) {
            reset();
        }
        if (idleNanos > patience.toNanos()) {
            return Optional.of("no progress for " + seconds(patience));
        }
        return (now - begin) / LONGEST > patience.toNanos()
                ? Optional.of("still not done after " + seconds(patience.multipliedBy(LONGEST)))
                : Optional.empty();
    }

    private static String seconds(Duration time) {
        return time.toSeconds() == 0 ? time.toMillis() + " ms" : time.toSeconds() + " s";
    }

    private void reset() {
        idleNanos = 0;
        cpuAtProgress = machine.cpuSeconds();
    }

    /** Which part of the time since the last look the process had for itself, 0 to 1; 1 for one that only sleeps. */
    private double share() {
        Optional<Proc.Turns> before = turns;
        turns = machine.turns();
        if (before.isEmpty() || turns.isEmpty()) {
            return 1;
        }
        double ran = Math.max(0, turns.get().ran() - before.get().ran());
        double queued = Math.max(0, turns.get().queued() - before.get().queued());
        return queued <= 0 ? 1 : ran / (ran + queued);
    }

    private boolean hasNewLines() {
        boolean found = false;
        for (Path log : logs) {
            for (String line : nextLines(log).split("\n", -1)) {
                found |= isNew(line);
            }
        }
        return found;
    }

    private boolean isNew(String text) {
        String kind = WITH_DIGITS.matcher(text).replaceAll("0").strip();
        return !kind.isEmpty() && kinds.size() < MOST_KINDS && kinds.add(kind);
    }

    private String nextLines(Path log) {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            long from = read.get(log);
            long length = file.length();
            if (length < from) { // rolled over
                from = 0;
            }
            byte[] bytes = new byte[(int) Math.min(length - from, MOST_BYTES)];
            file.seek(from);
            file.readFully(bytes);
            int end = bytes.length; // of whole lines: a piece of one would be a kind for itself
            while (end > 0 && end < MOST_BYTES && bytes[end - 1] != '\n') {
                end--;
            }
            read.put(log, from + end);
            return new String(bytes, 0, end, StandardCharsets.ISO_8859_1);
        } catch (IOException e) { // not there yet
            return "";
        }
    }

    private static long length(Path log) {
        try {
            return Files.size(log);
        } catch (IOException e) {
            return 0;
        }
    }
}
