package org.offerstorm.tools.figures;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryUsage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The metrics of this JVM and its process, by their usual names. */
final class ProcessMetrics {
    private static final double MILLIS = 1e3;
    private static final double NANOS = 1e9;
    private static final String AREA = "area";
    /** Of Linux; elsewhere the resident memory is not known. */
    private static final Path STATUS = Path.of("/proc/self/status");

    private static final String RESIDENT = "VmRSS:";

    private ProcessMetrics() {}

    static Families addTo(Families families) {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        area(families, "heap", memory.getHeapMemoryUsage());
        area(families, "nonheap", memory.getNonHeapMemoryUsage());
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            families.seconds(
                    "jvm_gc_collection_seconds",
                    "Time spent in collections of garbage.",
                    collector.getCollectionCount(),
                    collector.getCollectionTime() / MILLIS,
                    "gc",
                    collector.getName());
        }
        families.gauge(
                "jvm_threads_current",
                "Threads that live now.",
                ManagementFactory.getThreadMXBean().getThreadCount());
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        families.counter("process_cpu_seconds", "Processor time used.", system.getProcessCpuTime() / NANOS);
        families.gauge(
                "process_start_time_seconds",
                "When the process started, since 1970.",
                ManagementFactory.getRuntimeMXBean().getStartTime() / MILLIS);
        if (system instanceof UnixOperatingSystemMXBean unix) {
            families.gauge("process_open_fds", "Open file descriptors.", unix.getOpenFileDescriptorCount());
            families.gauge("process_max_fds", "File descriptors allowed.", unix.getMaxFileDescriptorCount());
        }
        long resident = resident();
        if (resident > 0) {
            families.gauge("process_resident_memory_bytes", "Memory of the process in RAM.", resident);
        }
        return families;
    }

    private static void area(Families families, String area, MemoryUsage usage) {
        families.gauge("jvm_memory_used_bytes", "Memory in use.", usage.getUsed(), AREA, area);
        families.gauge("jvm_memory_max_bytes", "Memory allowed; -1: no limit.", usage.getMax(), AREA, area);
    }

    private static long resident() {
        try {
            for (String line : Files.readAllLines(STATUS, StandardCharsets.ISO_8859_1)) {
                if (line.startsWith(RESIDENT)) {
                    return Long.parseLong(line.replaceAll("[^0-9]", "")) << 10;
                }
            }
        } catch (IOException | NumberFormatException e) {
            return 0; // no Linux
        }
        return 0;
    }
}
