package org.offerstorm.local.trials.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** What the system tells of a process: CPU time, in steps of 10 ms, and memory. */
final class ProcessFigures {
    private ProcessFigures() {}

    /** Seconds of CPU since its start, user and system; 0 if it has ended. */
    static double cpuSeconds(long pid) {
        return ProcessHandle.of(pid)
                        .flatMap(process -> process.info().totalCpuDuration())
                        .orElse(Duration.ZERO)
                        .toMillis()
                / 1e3;
    }

    /** Bytes of memory that it has in use now (resident set); 0 where the system does not tell. */
    static long memory(long pid) {
        return status(pid, "VmRSS:");
    }

    /** The most that it ever had. */
    static long peakMemory(long pid) {
        return status(pid, "VmHWM:");
    }

    private static long status(long pid, String name) {
        Path status = Path.of("/proc", Long.toString(pid), "status");
        try {
            return Files.readAllLines(status, StandardCharsets.ISO_8859_1).stream()
                    .filter(line -> line.startsWith(name))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) << 10)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }
}
