package org.offerstorm.local.trials.chaos;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.offerstorm.core.TopologyNames;
import org.offerstorm.local.cluster.ClusterControl;
import org.offerstorm.local.cluster.ClusterControl.WorkerProcess;
import org.offerstorm.local.trials.chaos.site.WorkerCounters;
import org.offerstorm.spouts.SpoutMetrics;

/** Sees workers come and go, and asks each for its figures twice a second, to know its last ones. Has its own thread. */
final class WorkersWatch implements AutoCloseable {
    private static final Duration PERIOD = Duration.ofMillis(500);

    private final ClusterControl cluster;
    private final int portOffset;
    private final RunLog log;
    private final Thread thread = new Thread(this::run, "workers-watch");
    private final Map<Long, String> running = new HashMap<>();
    private final Map<Long, WorkerCounters> figures = new HashMap<>();
    private final List<String> unexplained = new ArrayList<>();
    private int ends;
    private boolean excused;

    private WorkersWatch(ClusterControl cluster, int portOffset, RunLog log) {
        this.cluster = cluster;
        this.portOffset = portOffset;
        this.log = log;
    }

    static WorkersWatch start(ClusterControl cluster, int portOffset, RunLog log) {
        WorkersWatch watch = new WorkersWatch(cluster, portOffset, log);
        watch.thread.setDaemon(true);
        watch.thread.start();
        return watch;
    }

    /**
     * What was seen.
     *
     * @param ends workers that ended
     * @param unexplained those of them that no fault ended
     * @param emitted records that the spouts emitted, again ones too; what a worker did in the last half second before it was killed
     *     is missing
     * @param replayedChunks chunks that a running spout emitted again
     */
    record Seen(int ends, List<String> unexplained, long emitted, long replayedChunks) {}

    synchronized Seen seen() {
        return new Seen(ends, List.copyOf(unexplained), sum(SpoutMetrics.RECORDS), sum(SpoutMetrics.REPLAYED));
    }

    /** From now on workers may end (or not) without {@link ClusterControl#kill}. */
    synchronized void excuse(boolean mayEnd) {
        excused = mayEnd;
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                List<WorkerProcess> now = cluster.workerProcesses();
                compare(now);
                for (WorkerProcess worker : now) {
                    ask(worker);
                }
                Thread.sleep(PERIOD.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void compare(List<WorkerProcess> now) {
        Map<Long, String> gone = new HashMap<>(running);
        running.clear();
        for (WorkerProcess worker : now) {
            running.put(worker.pid(), worker.name());
            if (gone.remove(worker.pid()) == null) {
                log.line(worker.name() + " (pid " + worker.pid() + ") is there");
            }
        }
        gone.forEach((pid, name) -> {
            ends++;
            boolean explained = excused || cluster.endedWorkers().contains(pid);
            log.line(name + " (pid " + pid + ") has ended" + (explained ? "" : ", by itself"));
            if (!explained) {
                unexplained.add(name + " (pid " + pid + ")");
            }
        });
    }

    private void ask(WorkerProcess worker) throws InterruptedException {
        try {
            WorkerCounters answer = WorkerCounters.ask(worker.name(), portOffset);
            synchronized (this) {
                figures.put(answer.pid(), answer);
            }
        } catch (IOException e) {
            // It is just starting, paused or ending.
        }
    }

    private long sum(String metric) {
        return figures.values().stream()
                .mapToLong(worker -> worker.sum(TopologyNames.OFFER_SPOUT, metric))
                .sum();
    }
}
