package org.offerstorm.local.trials.chaos;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.local.cluster.ClusterControl;
import org.offerstorm.local.trials.chaos.freshness.Freshness;
import org.offerstorm.local.trials.chaos.freshness.Markers;
import org.offerstorm.local.trials.chaos.site.Fault;

/** Carries out the steps of a plan: inject, wait, heal, wait until every sink is fresh. Used by one thread. */
final class Steps {
    /** Until every sink must be fresh again; and as long again as the fault took, because input piled up during it. */
    private static final Duration FRESH_WITHIN = Duration.ofMinutes(2);

    private final Map<String, Supplier<Fault>> faults;
    private final ChaosCluster cluster;
    private final OfferstormConfig direct;
    private final ClusterControl control;
    private final Load load;
    private final int rate;
    private final Freshness freshness;
    private final WorkersWatch workers;
    private final Interruption interruption;
    private final long begin = System.nanoTime();

    Steps(
            ChaosOptions options,
            ChaosCluster cluster,
            OfferstormConfig direct,
            ClusterControl control,
            Load load,
            Freshness freshness,
            WorkersWatch workers,
            Interruption interruption) {
        this.faults = options.faults();
        this.cluster = cluster;
        this.direct = direct;
        this.control = control;
        this.load = load;
        this.rate = options.rate();
        this.freshness = freshness;
        this.workers = workers;
        this.interruption = interruption;
    }

    /** What was measured while the fault was there. */
    private static final class Seen {
        private String failure;
        private long origin;
        private Markers markers;
        private boolean killed;
        private boolean kill;
        private Map<Integer, Long> ends = Map.of();
        private Double reread;
    }

    /**
     * One step, without the pause after it.
     *
     * @param results gets the result of each step, also if it was interrupted
     */
    void run(FaultPlan.Step step, Consumer<StepResult> results) throws InterruptedException {
        long start = System.nanoTime();
        Seen seen = new Seen();
        Map<String, Double> fresh = Map.of();
        boolean interrupted = true;
        try {
            injectAndHeal(step, seen);
            fresh = freshness.await(seen.markers, seen.origin, FRESH_WITHIN.plusNanos(System.nanoTime() - start));
            interrupted = false;
        } finally {
            StepResult result = new StepResult(
                    step.number(),
                    (start - begin) / 1e9,
                    step.fault(),
                    outcome(seen, interrupted, fresh),
                    fresh,
                    seen.reread,
                    seen.kill);
            cluster.log().line(result.toString());
            results.accept(result);
        }
    }

    private String outcome(Seen seen, boolean interrupted, Map<String, Double> fresh) {
        if (seen.failure != null) {
            return StepResult.FAILED + ": " + seen.failure;
        }
        return interrupted
                ? StepResult.INTERRUPTED
                : fresh.size() == freshness.sinks().size() ? StepResult.FRESH : StepResult.NOT_FRESH;
    }

    private void injectAndHeal(FaultPlan.Step step, Seen seen) throws InterruptedException {
        Fault fault = faults.get(step.fault()).get();
        RunLog log = cluster.log();
        RunSite site = new RunSite(
                control,
                direct,
                cluster.lake(),
                cluster.proxies(),
                new Random(step.seed()),
                cluster.directory(),
                cluster::run,
                log);
        log.line("step " + step.number() + ": " + fault.name());
        workers.excuse(fault.endsWorkers());
        try {
            inject(fault, site, seen);
            Thread.sleep(fault.lasts().toMillis());
        } finally {
            interruption.forbid();
            heal(fault, site, seen);
            interruption.allow();
        }
        seen.kill = seen.killed && fault.lasts().isZero();
        if (seen.killed && seen.reread == null) {
            measureReread(seen);
        }
    }

    private void inject(Fault fault, RunSite site, Seen seen) throws InterruptedException {
        Set<Long> before = control.endedWorkers();
        try {
            fault.inject(site);
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            fail(seen, "inject", e);
        }
        seen.origin = System.nanoTime();
        seen.markers = load.mark();
        seen.ends = load.ends();
        seen.killed = !before.equals(control.endedWorkers());
        if (seen.killed) {
            measureReread(seen);
        }
    }

    private void heal(Fault fault, RunSite site, Seen seen) {
        try {
            fault.heal(site);
        } catch (Exception e) {
            fail(seen, "heal", e);
        }
        if (!fault.lasts().isZero()) {
            seen.origin = System.nanoTime();
            seen.markers = load.mark();
        }
    }

    private void fail(Seen seen, String when, Exception e) {
        String message = e.getMessage() == null ? e.toString() : e.getMessage();
        cluster.log().line(when + " failed: " + e);
        if (seen.failure == null) {
            seen.failure = message.lines().findFirst().orElse(e.toString());
        }
    }

    private void measureReread(Seen seen) {
        try {
            seen.reread = Reread.seconds(direct.source(), seen.ends, rate);
        } catch (IOException e) {
            cluster.log().line("no committed offsets: " + e.getMessage());
        }
    }
}
