package org.offerstorm.local.trials.chaos.process;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.offerstorm.core.TopologyNames;
import org.offerstorm.core.check.Failure;
import org.offerstorm.local.cluster.Waiting;
import org.offerstorm.local.trials.chaos.site.Fault;
import org.offerstorm.local.trials.chaos.site.Site;
import org.offerstorm.local.trials.chaos.site.WorkerCounters;
import org.offerstorm.sinks.hdfs.Hdfs;
import org.offerstorm.spouts.SpoutMetrics;

/**
 * A worker and its Supervisor are paused, as on a machine that hangs, until Storm has started a successor on the other Supervisor and
 * that one writes. Then the worker resumes as if nothing had happened, and nobody ends it until its Supervisor resumes, too.
 */
public final class ZombieWorker implements Fault {
    private static final Duration LASTS = Duration.ofSeconds(15);
    private static final Duration TAKES = Duration.ofMinutes(2);
    private static final Duration SUCCESSOR_WITHIN = Duration.ofMinutes(3);
    private static final Duration END_WITHIN = Duration.ofMinutes(1);
    /** What its bolts had done before it was paused may still be acked. */
    private static final Duration LAST_ACKS = Duration.ofSeconds(6);

    private static final Duration POLL = Duration.ofMillis(300);

    private String worker;
    private String supervisor;
    private WorkerCounters resumed;

    @Override
    public String name() {
        return "worker-zombie";
    }

    @Override
    public String description() {
        return "A worker and its Supervisor are paused (SIGSTOP) until a successor writes on the other Supervisor; then the"
                + " worker resumes as a zombie for 15 s. It may not acknowledge anything, and nothing that it writes counts.";
    }

    @Override
    public Duration lasts() {
        return LASTS;
    }

    @Override
    public Duration takes() {
        return TAKES;
    }

    @Override
    public boolean endsWorkers() {
        return true; // its Supervisor ends the zombie
    }

    @Override
    public void inject(Site site) throws IOException, InterruptedException {
        String victim = RunningWorkers.any(site);
        String its = site.cluster().supervisorOf(victim);
        supervisor = its;
        site.cluster().pause(its);
        worker = victim;
        site.cluster().pause(victim);
        String successor = awaitSuccessor(site);
        site.log(successor + " writes; " + victim + " resumes as a zombie");
        site.cluster().resume(victim);
        Thread.sleep(LAST_ACKS.toMillis());
        resumed = figures(site, victim);
    }

    @Override
    public void heal(Site site) throws IOException, InterruptedException {
        if (supervisor == null) {
            return;
        }
        WorkerCounters now = worker == null ? null : figures(site, worker);
        if (worker != null) {
            site.cluster().resume(worker);
        }
        site.cluster().resume(supervisor);
        site.cluster().start(supervisor);
        if (resumed != null && worker != null) {
            awaitEnd(site);
            compare(now);
        }
    }

    private void compare(WorkerCounters now) {
        if (now == null || now.pid() != resumed.pid()) {
            return; // it has ended: then it cannot acknowledge
        }
        long before = resumed.sum(TopologyNames.OFFER_SPOUT, SpoutMetrics.DURABLE_AT);
        long after = now.sum(TopologyNames.OFFER_SPOUT, SpoutMetrics.DURABLE_AT);
        if (after > before) {
            throw Failure.difference("the zombie " + worker + " acknowledged a chunk at " + Instant.ofEpochMilli(after)
                    + ", after its successor had taken over");
        }
    }

    private String awaitSuccessor(Site site) throws InterruptedException {
        return Waiting.find(SUCCESSOR_WITHIN, POLL, () -> site.cluster().workers().stream()
                        .filter(name -> !name.equals(worker) && writes(site, name))
                        .findFirst())
                .orElseThrow(() -> Failure.unreachable(
                        "no successor wrote on another Supervisor within " + SUCCESSOR_WITHIN.toSeconds() + " s",
                        null));
    }

    private static boolean writes(Site site, String name) {
        WorkerCounters figures = figures(site, name);
        return figures != null && figures.sum(Hdfs.KIND.component(), TopologyNames.METRIC_WRITTEN) > 0;
    }

    private void awaitEnd(Site site) throws InterruptedException {
        if (!Waiting.holds(END_WITHIN, POLL, () -> !site.cluster().workers().contains(worker))) {
            throw Failure.difference(
                    "its Supervisor did not end the zombie " + worker + " within " + END_WITHIN.toSeconds() + " s");
        }
    }

    /** Null if it does not answer. */
    private static WorkerCounters figures(Site site, String worker) {
        return RunningWorkers.figures(site, worker).orElse(null);
    }
}
