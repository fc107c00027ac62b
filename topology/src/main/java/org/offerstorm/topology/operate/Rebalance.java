package org.offerstorm.topology.operate;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.storm.generated.ExecutorSummary;
import org.apache.storm.generated.RebalanceOptions;
import org.apache.storm.generated.TopologyInfo;
import org.apache.storm.generated.TopologySummary;
import org.offerstorm.core.check.Failure;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.tools.setup.Lag;
import org.offerstorm.tools.terminal.Pause;

/**
 * Spreads a running topology again: over other workers, or with fewer threads. The numbers of tasks stay: a spout task is a
 * slot, and a slot's files and floors belong to its number. Used by one thread.
 */
public final class Rebalance {
    private final OfferstormConfig config;
    private final Consumer<String> tell;

    /** @param tell takes lines for the person at the terminal */
    public Rebalance(OfferstormConfig config, Consumer<String> tell) {
        this.config = config;
        this.tell = tell;
    }

    /**
     * Rebalances, and waits until the workers are up again.
     *
     * @param workers 0: as many as now
     * @param pause for how long the spouts stop before the workers move, so that what is in flight gets through
     * @param executors threads of components, at most their tasks
     * @param limit for the workers to come up
     */
    public void run(String name, int workers, Duration pause, Map<String, Integer> executors, Duration limit) {
        try (Nimbus nimbus = Nimbus.connect(config.topology().nimbus());
                Lag lag = new Lag(config.source())) {
            TopologySummary topology = nimbus.get(name);
            check(name, nimbus.info(topology.get_id()), workers, executors);
            RunningTopology running = RunningTopology.of(nimbus.conf(topology.get_id()));
            int wanted = workers == 0 ? running.workers() : workers;
            int free = nimbus.slots().free();
            if (wanted > topology.get_num_workers() + free) {
                throw Failure.unreachable(
                        name + " has " + topology.get_num_workers() + " workers and the cluster " + free
                                + " free slots, too few for " + wanted + " workers",
                        null);
            }
            RebalanceOptions options = new RebalanceOptions();
            options.set_wait_secs(wholeSeconds(pause));
            options.set_num_workers(wanted);
            if (!executors.isEmpty()) {
                options.set_num_executors(executors);
            }
            nimbus.rebalance(name, options);
            tell.accept("Rebalancing " + name + " over " + wanted + (wanted == 1 ? " worker" : " workers")
                    + ": paused for " + pause.toSeconds() + " s, then its workers start again");
            Pause.millis(pause.toMillis());
            int partitions = lag.partitions().size();
            new Startup(nimbus, running.portOffset(), wanted, partitions)
                    .await(name, limit)
                    .forEach(worker ->
                            tell.accept("  worker     " + worker.slot() + ", " + worker.executors() + " executors"));
            tell.accept("  ACTIVE     " + partitions + " partitions are read");
        } catch (IOException e) {
            throw Failure.unreachable(e.getMessage(), e);
        }
    }

    /** Storm counts whole seconds. */
    private static int wholeSeconds(Duration pause) {
        long seconds = pause.toSeconds();
        if (!pause.equals(Duration.ofSeconds(seconds)) || seconds > Integer.MAX_VALUE) {
            throw Failure.usage("--pause must be whole seconds, at most " + Integer.MAX_VALUE + "; write 30s or 2min");
        }
        return (int) seconds;
    }

    private static void check(String name, TopologyInfo info, int workers, Map<String, Integer> executors) {
        executors.forEach((component, wanted) -> {
            List<ExecutorSummary> now = info.get_executors().stream()
                    .filter(executor -> executor.get_component_id().equals(component))
                    .toList();
            if (now.isEmpty()) {
                throw Failure.usage(name + " has no component '" + component + "'; it has "
                        + String.join(
                                ", ",
                                info.get_executors().stream()
                                        .map(ExecutorSummary::get_component_id)
                                        .filter(id -> !id.startsWith("_"))
                                        .sorted()
                                        .distinct()
                                        .toList()));
            }
            int tasks = now.stream()
                    .mapToInt(executor -> executor.get_executor_info().get_task_end()
                            - executor.get_executor_info().get_task_start()
                            + 1)
                    .sum();
            if (wanted < 1 || wanted > tasks) {
                throw Failure.usage(component + " has " + tasks + (tasks == 1 ? " task" : " tasks")
                        + ", so it can have 1 to "
                        + tasks + " executors, not " + wanted + "; tasks are fixed when a topology is submitted: kill"
                        + " --drain it and submit it with other topology.*-tasks");
            }
        });
        if (workers > info.get_executors_size()) {
            throw Failure.usage(name + " has " + info.get_executors_size() + " executors; more workers would be idle");
        }
    }
}
