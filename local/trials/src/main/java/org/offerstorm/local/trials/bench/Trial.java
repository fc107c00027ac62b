package org.offerstorm.local.trials.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.offerstorm.core.check.Failure;
import org.offerstorm.local.servers.Proc;

/** One run of one contender over the whole topic, sampled ten times a second. One thread. */
final class Trial {
    private static final Duration PERIOD = Duration.ofMillis(100);
    private static final Duration STUCK = Duration.ofMinutes(2);

    private final BenchCluster cluster;
    private final long total;

    /** @param total records in the topic */
    Trial(BenchCluster cluster, long total) {
        this.cluster = cluster;
        this.total = total;
    }

    /**
     * Runs it to the end.
     *
     * @throws Failure if it makes no progress for two minutes
     */
    Measurement run(Contender contender) throws IOException, InterruptedException {
        List<Sample> samples = new ArrayList<>();
        contender.start();
        try {
            long most = -1;
            long moved = System.nanoTime();
            while (most < total) {
                Sample sample = sample(contender);
                samples.add(sample);
                if (sample.reading().done() > most) {
                    most = sample.reading().done();
                    moved = sample.nanos();
                } else if (sample.nanos() - moved > STUCK.toNanos()) {
                    throw Failure.unreachable(
                            contender.name() + " is stalled at " + most + " of " + total + " records for two minutes"
                                    + "; the logs are in "
                                    + cluster.directory().resolve("logs"),
                            null);
                }
                Thread.sleep(PERIOD.toMillis());
            }
            long memory = 0;
            for (long pid : contender.pids()) {
                memory += Proc.peakMemory(pid).orElse(0);
            }
            return Measurement.of(contender.name(), contender.tasks(), samples, total, memory);
        } finally {
            contender.close();
        }
    }

    private Sample sample(Contender contender) throws IOException {
        double worker = 0;
        long memory = 0;
        for (long pid : contender.pids()) {
            worker += Proc.cpuSeconds(pid).orElse(0);
            memory += Proc.memory(pid).orElse(0);
        }
        Map<String, Double> cpu = new LinkedHashMap<>();
        cpu.put(Measurement.WORKER, worker);
        cpu.putAll(cluster.cpuSeconds());
        return new Sample(System.nanoTime(), contender.read(), cpu, memory);
    }
}
