package org.offerstorm.tools.figures;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.sun.management.OperatingSystemMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.offerstorm.core.TopologyNames;
import org.offerstorm.core.sink.SinkKind;
import org.offerstorm.sinks.Sinks;

/**
 * CPU time that a worker has used since its start. A thread that ended takes its share of {@code milliseconds of components}
 * with it: compare two readings of one worker that lost none.
 *
 * @param process all of it, with the JVM's own threads, in milliseconds
 * @param collections of the garbage collector: wall time in milliseconds
 * @param components milliseconds of the threads of each component; its clients' threads, as far as their names tell,
 *     are those of the component; Storm's own are {@code storm}, others {@code other}
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record WorkerCpu(long process, long collections, Map<String, Long> components) {
    private static final Pattern EXECUTOR = Pattern.compile("Thread-\\d+-(.+)-executor\\[.*");
    private static final String STORM = "storm";
    private static final String OTHER = "other";
    private static final long NANOS_PER_MILLI = 1_000_000;

    /** How threads' names begin, and whose they are. */
    private static final Map<String, String> CLIENTS = clients();

    private static Map<String, String> clients() {
        Map<String, String> clients = new TreeMap<>(Map.of(
                "offerstorm-",
                TopologyNames.OFFER_SPOUT,
                "kafka-producer-",
                "dead-letters",
                "Netty-",
                STORM,
                "netty-",
                STORM));
        for (SinkKind<?> sink : Sinks.ALL) {
            sink.clientThreads().forEach(prefix -> clients.put(prefix, sink.component()));
        }
        return Map.copyOf(clients);
    }

    /** Nothing was asked. */
    public static WorkerCpu unknown() {
        return new WorkerCpu(0, 0, Map.of());
    }

    /** Of this process. Any thread. */
    public static WorkerCpu now() {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        long collections = ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                .sum();
        return new WorkerCpu(system.getProcessCpuTime() / NANOS_PER_MILLI, collections, ofThreads());
    }

    private static Map<String, Long> ofThreads() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        Map<String, Long> nanos = new TreeMap<>();
        long[] ids = threads.getAllThreadIds();
        ThreadInfo[] infos = threads.getThreadInfo(ids);
        for (int i = 0; i < ids.length; i++) {
            long used = threads.getThreadCpuTime(ids[i]);
            if (infos[i] != null && used > 0) {
                nanos.merge(owner(infos[i].getThreadName()), used, Long::sum);
            }
        }
        nanos.replaceAll((component, used) -> used / NANOS_PER_MILLI);
        return nanos;
    }

    /** The component that a thread works for. */
    static String owner(String thread) {
        Matcher executor = EXECUTOR.matcher(thread);
        if (executor.matches()) {
            return executor.group(1).startsWith("_") ? STORM : executor.group(1);
        }
        return CLIENTS.entrySet().stream()
                .filter(client -> thread.startsWith(client.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(OTHER);
    }
}
