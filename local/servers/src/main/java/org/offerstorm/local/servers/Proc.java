package org.offerstorm.local.servers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** What the system says about other processes: Linux in {@code /proc/PID}; elsewhere what Java knows. Safe for use by many threads. */
public final class Proc {
    private static final Path ROOT = Path.of("/proc");
    private static final int STATE = 0;
    private static final int THREADS = 17;
    private static final int START_TIME = 19;

    private Proc() {}

    /**
     * A process at one moment.
     *
     * @param state {@code R}, {@code S}, {@code Z} and so on
     * @param threads those that have not ended, and the first one, which stays until it is reaped
     * @param startTime since the machine's boot, in the kernel's ticks
     */
    public record Stat(String state, int threads, String startTime) {
        /**
         * Whether it has ended, and only nobody has reaped it yet. While one of its threads is still ending, so is the
         * process, although the first thread has: its ports and files are not free yet.
         */
        public boolean isEnded() {
            return threads <= 1 && (state.equals("Z") || state.equals("X"));
        }
    }

    /** Program and arguments; empty if it has ended or belongs to somebody else. */
    public static List<String> commandLine(long pid) {
        Path file = file(pid, "cmdline");
        if (Files.exists(file)) { // Java's own reader stops after 4 KiB
            try {
                String text = Files.readString(file, StandardCharsets.ISO_8859_1);
                return text.isEmpty() ? List.of() : Arrays.asList(text.split("\0", -1));
            } catch (IOException e) {
                return List.of();
            }
        }
        return ProcessHandle.of(pid)
                .flatMap(handle -> handle.info().commandLine())
                .map(line -> Arrays.asList(line.split(" ", -1)))
                .orElse(List.of());
    }

    /** Where it works; empty if it has ended, belongs to somebody else, or the system does not say. */
    public static Optional<Path> workingDirectory(long pid) {
        try {
            return Optional.of(Files.readSymbolicLink(file(pid, "cwd")));
        } catch (IOException | UnsupportedOperationException e) {
            return Optional.empty();
        }
    }

    /** Its state and start; empty if there is no such process, or no {@code /proc}. */
    public static Optional<Stat> stat(long pid) {
        try {
            // pid (command) state … threads … starttime, which is field 22; a command may hold blanks and brackets.
            String line = Files.readString(file(pid, "stat"), StandardCharsets.ISO_8859_1);
            String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
            return Optional.of(new Stat(fields[STATE], Integer.parseInt(fields[THREADS]), fields[START_TIME]));
        } catch (IOException | RuntimeException e) { // a line of a process that is just ending
            return Optional.empty();
        }
    }

    /** Bytes of memory that it uses now (resident set); empty if it has ended or the system does not say. */
    public static OptionalLong memory(long pid) {
        return status(pid, "VmRSS:");
    }

    /** The most bytes of memory that it ever used (resident set); empty as for {@link #memory}. */
    public static OptionalLong peakMemory(long pid) {
        return status(pid, "VmHWM:");
    }

    /** Seconds of CPU since its start, user and system, in steps of 10 ms; empty if it has ended. */
    public static OptionalDouble cpuSeconds(long pid) {
        return ProcessHandle.of(pid).flatMap(process -> process.info().totalCpuDuration()).stream()
                .mapToDouble(cpu -> cpu.toMillis() / 1e3)
                .findFirst();
    }

    /**
     * How the threads that a process has now were served by the processor since they began.
     *
     * @param ran seconds on a processor
     * @param queued seconds in which they could have run, but others did
     */
    public record Turns(double ran, double queued) {}

    /** Its threads' turns; empty if it has ended or the system does not say. */
    public static Optional<Turns> turns(long pid) {
        double ran = 0;
        double queued = 0;
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(file(pid, "task"))) {
            for (Path thread : threads) {
                Path file = thread.resolve("schedstat");
                if (Files.exists(file)) { // a thread may end meanwhile
                    String[] nanos = Files.readString(file, StandardCharsets.ISO_8859_1)
                            .strip()
                            .split(" ", -1);
                    ran += Long.parseLong(nanos[0]) / 1e9;
                    queued += Long.parseLong(nanos[1]) / 1e9;
                }
            }
            return Optional.of(new Turns(ran, queued));
        } catch (IOException | RuntimeException e) { // no /proc, or a line of a thread that is just ending
            return Optional.empty();
        }
    }

    /** A file of {@code /proc/PID}, which need not exist. */
    public static Path file(long pid, String name) {
        return ROOT.resolve(Long.toString(pid)).resolve(name);
    }

    private static OptionalLong status(long pid, String name) {
        try {
            return Files.readAllLines(file(pid, "status"), StandardCharsets.ISO_8859_1).stream()
                    .filter(line -> line.startsWith(name))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) << 10)
                    .findFirst();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }
}
