package org.offerstorm.topology.operate;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.apache.storm.generated.TopologyInfo;
import org.apache.storm.generated.TopologySummary;
import org.offerstorm.core.TopologyNames;
import org.offerstorm.core.check.Failure;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.spouts.SpoutMetrics;
import org.offerstorm.tools.figures.TaskFigures;
import org.offerstorm.tools.figures.WorkerFigures;
import org.offerstorm.tools.setup.Lag;
import org.offerstorm.tools.terminal.Interrupted;
import org.offerstorm.tools.terminal.Pause;

/**
 * Stops the stream in order: nothing new is read, what is in flight becomes durable, the writers finish their files, the
 * floors are committed. Used by one thread.
 *
 * <pre>
 *   deactivate ──▶ spout: all acked ──▶ chunk "drain" ──▶ writers roll, ack ──▶ spout: drained ──▶ last commit
 * </pre>
 *
 * The writers ack the drain when their files stand under their final names: nothing needs to be looked up in HDFS.
 */
final class Drain {
    private static final long LOOK_MILLIS = 250;
    private static final String ACTIVE = "ACTIVE";

    private final Nimbus nimbus;
    private final OfferstormConfig config;
    private final Consumer<String> tell;
    private String waitsFor = "";

    Drain(Nimbus nimbus, OfferstormConfig config, Consumer<String> tell) {
        this.nimbus = nimbus;
        this.config = config;
        this.tell = tell;
    }

    /**
     * Drains the topology, and leaves it deactivated.
     *
     * @throws Failure if it is not through in time; the topology is then as it was before, active if it was active
     */
    void run(TopologySummary topology, Duration limit) {
        RunningTopology running = RunningTopology.of(nimbus.conf(topology.get_id()));
        if (running.portOffset() == 0) {
            throw Failure.usage(topology.get_name() + " serves no figures (topology.metrics-port-offset is 0), so"
                    + " nothing shows when it is drained; 'deactivate' it, wait until 'status' shows floors that stand"
                    + " still, and 'kill' it");
        }
        long start = System.nanoTime();
        boolean wasActive = topology.get_status().equals(ACTIVE);
        String name = topology.get_name();
        try (Lag lag = new Lag(config.source());
                Interrupted note = new Interrupted(name + " is deactivated and not ended: 'activate " + name
                        + "' resumes it, 'kill --drain " + name + "' continues to end it")) {
            nimbus.deactivate(name);
            tell.accept("  deactivated  nothing new is read");
            if (!await(topology, new Workers(running.portOffset()), lag, start + limit.toNanos())) {
                throw late(topology, wasActive, limit);
            }
        } catch (IOException e) {
            throw Failure.usage(e.getMessage());
        }
        tell.accept(String.format(
                Locale.ROOT,
                "  drained      after %.1f s: nothing in flight, files finished, floors committed",
                (System.nanoTime() - start) / 1e9));
    }

    private boolean await(TopologySummary topology, Workers workers, Lag lag, long deadline) {
        while (true) {
            TopologyInfo info = nimbus.info(topology.get_id());
            List<Workers.Worker> now = workers.ask(info);
            if (isDrained(info, now) && isCommitted(lag, now)) {
                return true;
            }
            if (System.nanoTime() - deadline > 0) {
                return false;
            }
            Pause.millis(LOOK_MILLIS);
        }
    }

    private boolean isDrained(TopologyInfo info, List<Workers.Worker> workers) {
        List<TaskFigures> tasks = new ArrayList<>();
        for (Workers.Worker worker : workers) {
            if (worker.figures().isEmpty()) {
                waitsFor = "worker " + worker.slot() + " does not answer (" + worker.silence() + ")";
                return false;
            }
            tasks.addAll(worker.figures().get().tasks());
        }
        // What holds comes first: the chunks in flight wait for it.
        for (TaskFigures task : tasks) {
            if (task.text(TopologyNames.METRIC_PROBLEM).isPresent()) {
                waitsFor = task.component() + " holds " + StatusReader.chunks(task.number(TopologyNames.METRIC_HELD))
                        + ": " + task.text(TopologyNames.METRIC_PROBLEM).get();
                return false;
            }
        }
        long spouts = 0;
        for (TaskFigures task : tasks) {
            if (task.component().equals(TopologyNames.OFFER_SPOUT)) {
                spouts++;
                if (task.number(SpoutMetrics.DRAINED) == 0) {
                    waitsFor = task.number(SpoutMetrics.IN_FLIGHT) + " chunks are in flight";
                    return false;
                }
            }
        }
        long all = info.get_executors().stream()
                .filter(executor -> executor.get_component_id().equals(TopologyNames.OFFER_SPOUT))
                .count();
        waitsFor = spouts + " of " + all
                + " spout tasks have started; one that starts while the topology is deactivated" + " does nothing";
        return spouts > 0 && spouts == all;
    }

    /** Whether the group's floors are those that the spouts have reached. A spout that holds has none. */
    private boolean isCommitted(Lag lag, List<Workers.Worker> workers) {
        long reached = 0;
        long partitions = 0;
        for (Workers.Worker worker : workers) {
            for (TaskFigures task : worker.figures().map(WorkerFigures::tasks).orElse(List.of())) {
                reached += task.number(SpoutMetrics.FLOOR);
                partitions += task.number(SpoutMetrics.PARTITIONS);
            }
        }
        try {
            List<Lag.Partition> known = lag.partitions();
            long committed = known.stream().mapToLong(Lag.Partition::floor).sum();
            waitsFor = "the floors are not committed: " + committed + " of " + reached;
            return partitions < known.size() || committed >= reached;
        } catch (IOException e) { // as long as there is time
            waitsFor = e.getMessage();
            return false;
        }
    }

    private Failure late(TopologySummary topology, boolean wasActive, Duration limit) {
        String name = topology.get_name();
        if (wasActive) {
            nimbus.activate(name);
        }
        return Failure.difference(name + " is not drained after " + limit.toSeconds() + " s: " + waitsFor
                + "\nIt is not killed, and " + (wasActive ? "active again" : "deactivated as before")
                + ". Fix that and repeat the command, or give it longer (--wait), or 'kill " + name
                + "' without --drain: nothing is lost, what is not durable is read again at the next start");
    }
}
