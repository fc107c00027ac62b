package org.offerstorm.topology.operate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.storm.generated.ErrorInfo;
import org.apache.storm.generated.ExecutorSummary;
import org.apache.storm.generated.TopologyInfo;
import org.offerstorm.core.TopologyNames;
import org.offerstorm.core.check.Failure;
import org.offerstorm.core.text.PlainText;
import org.offerstorm.spouts.SpoutMetrics;
import org.offerstorm.tools.figures.TaskFigures;
import org.offerstorm.tools.terminal.Pause;

/**
 * The first seconds of a topology: until it is ACTIVE, every worker reports in, and the spout has found its place in every
 * partition. Used by one thread.
 */
final class Startup {
    private static final long LOOK_MILLIS = 500;
    /** A third process in one slot: the first two ended. */
    private static final int CRASH_LOOP = 3;

    private final Nimbus nimbus;
    private final int portOffset;
    private final int workersWanted;
    private final Workers workers;
    private final int partitions;
    private final Map<Workers.Slot, Set<Long>> processes = new HashMap<>();
    private String waitsFor = "Nimbus does not list it";

    /**
     * @param portOffset {@code topology.metrics-port-offset} of the topology
     * @param workersWanted worker processes that must come up
     * @param partitions of the topic
     */
    Startup(Nimbus nimbus, int portOffset, int workersWanted, int partitions) {
        this.nimbus = nimbus;
        this.portOffset = portOffset;
        this.workersWanted = workersWanted;
        this.partitions = partitions;
        workers = new Workers(portOffset);
    }

    /**
     * Waits.
     *
     * @return the workers
     * @throws Failure when the time is up, or the workers end as soon as they start
     */
    List<Workers.Worker> await(String name, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            var summary = nimbus.find(name);
            if (summary.isPresent()) {
                TopologyInfo info = nimbus.info(summary.get().get_id());
                List<Workers.Worker> now = workers.ask(info);
                if (isUp(info, now)) {
                    return now;
                }
                if (isCrashLooping(now)) {
                    throw failed(name, info, "its workers end as soon as they start");
                }
                if (System.nanoTime() - deadline > 0) {
                    throw failed(name, info, waitsFor + " after " + limit.toSeconds() + " s");
                }
            } else if (System.nanoTime() - deadline > 0) {
                throw Failure.difference(name + ": " + waitsFor + " after " + limit.toSeconds() + " s");
            }
            Pause.millis(LOOK_MILLIS);
        }
    }

    private boolean isUp(TopologyInfo info, List<Workers.Worker> now) {
        if (!info.get_status().equals("ACTIVE")) {
            waitsFor = "it is " + info.get_status();
            return false;
        }
        if (now.size() < workersWanted) {
            waitsFor = "Nimbus has placed " + now.size() + " of "
                    + workersWanted + " workers"
                    + (info.is_set_sched_status() ? " (" + info.get_sched_status() + ")" : "");
            return false;
        }
        for (Workers.Worker worker : now) {
            // Without figures the heartbeats must do, which report less, and later.
            if (worker.figures().isEmpty() && (portOffset > 0 || !beats(info, worker))) {
                waitsFor = "worker " + worker.slot() + " has not reported in (" + worker.silence() + ")";
                return false;
            }
        }
        return portOffset == 0 || reads(now);
    }

    private boolean reads(List<Workers.Worker> now) {
        long found = 0;
        List<String> holds = new ArrayList<>();
        for (Workers.Worker worker : now) {
            for (TaskFigures task : worker.figures().orElseThrow().tasks()) {
                if (task.component().equals(TopologyNames.OFFER_SPOUT)) {
                    found += task.number(SpoutMetrics.PARTITIONS);
                    task.text(SpoutMetrics.HOLD).ifPresent(holds::add);
                }
            }
        }
        waitsFor = holds.isEmpty()
                ? "the spout reads " + found + " of " + partitions + " partitions"
                : "the spout holds: " + holds.get(0);
        return found == partitions && holds.isEmpty();
    }

    private static boolean beats(TopologyInfo info, Workers.Worker worker) {
        return info.get_executors().stream()
                .filter(executor -> executor.get_host().equals(worker.slot().host())
                        && executor.get_port() == worker.slot().port())
                .allMatch(ExecutorSummary::is_set_stats);
    }

    private boolean isCrashLooping(List<Workers.Worker> now) {
        boolean looping = false;
        for (Workers.Worker worker : now) {
            Set<Long> seen = processes.computeIfAbsent(worker.slot(), any -> new HashSet<>());
            worker.figures().ifPresent(figures -> seen.add(figures.pid()));
            looping |= seen.size() >= CRASH_LOOP;
        }
        return looping;
    }

    private static Failure failed(String name, TopologyInfo info, String what) {
        StringBuilder text =
                new StringBuilder(name).append(" is submitted, but ").append(what);
        info.get_errors().forEach((component, errors) -> {
            for (ErrorInfo error : errors) {
                text.append("\n  ").append(component).append(": ").append(PlainText.firstLine(error.get_error()));
            }
        });
        Set<String> logs = new HashSet<>();
        for (ExecutorSummary executor : info.get_executors()) {
            logs.add("\n  on " + executor.get_host() + ": workers-artifacts/" + info.get_id() + "/"
                    + executor.get_port() + "/worker.log below Storm's log directory says more");
        }
        logs.stream().sorted().forEach(text::append);
        text.append("\nIt stays submitted: 'kill ")
                .append(name)
                .append("' ends it, 'status ")
                .append(name);
        text.append("' shows its progress");
        return Failure.difference(text.toString());
    }
}
