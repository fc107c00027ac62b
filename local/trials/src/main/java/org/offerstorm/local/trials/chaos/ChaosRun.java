package org.offerstorm.local.trials.chaos;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.offerstorm.core.check.Failure;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.core.model.Source;
import org.offerstorm.local.cluster.ClusterControl;
import org.offerstorm.local.cluster.CommandRunner;
import org.offerstorm.local.trials.chaos.freshness.Freshness;
import org.offerstorm.local.trials.chaos.site.LakeRuns;
import org.offerstorm.sinks.redis.Redis;
import org.offerstorm.tools.config.ReferenceTable;
import org.offerstorm.tools.setup.TopicIdentity;
import org.offerstorm.tools.verify.TopicReader;

/**
 * One run: brings up a new cluster, loads it, runs the plan's steps one after the other and {@code verify}, and takes everything down
 * again. It handles the process's signals, so a process has one at most. Used by one thread.
 */
public final class ChaosRun {
    private static final Duration FIRST_FRESH_WITHIN = Duration.ofMinutes(2);
    private static final String FINISH_WITHIN = "180s";

    private final ChaosOptions options;
    private final FaultPlan plan;
    private final PrintWriter out;
    private final ChaosCluster cluster;
    private final Interruption interruption;
    private final List<StepResult> results = new ArrayList<>();
    private Report report;

    /**
     * Starts nothing yet.
     *
     * @param commands of {@code offerstorm}
     * @param out for people
     */
    public ChaosRun(ChaosOptions options, FaultPlan plan, CommandRunner commands, PrintWriter out) {
        this.options = options;
        this.plan = plan;
        this.out = out;
        this.cluster = new ChaosCluster(
                options.directory(), options.mapped(), options.lake(), options.secure(), commands, this::say);
        this.interruption = Interruption.take(options.directory(), this::say);
    }

    /** Exit code of a run, that of the signal if one ended it, and what it showed; null if the signal came too early for that. */
    public record Ending(int code, Report report) {}

    /**
     * Runs to the end, or until it is asked to end.
     *
     * @throws Failure if the cluster does not come up, or the topology does not run
     */
    public Ending run() throws IOException {
        boolean keep = true; // also after a failure
        try {
            interruption.allow();
            cluster.bringUp(interruption);
            load();
            if (interruption.isRequested()) {
                keep = options.keep();
                return new Ending(interruption.code(), report);
            }
            keep = options.keep() || !report.isFine();
            return new Ending(report.exitCode(), report);
        } catch (InterruptedException | RuntimeException | IOException e) {
            if (interruption.isRequested()) {
                keep = options.keep();
                return new Ending(interruption.code(), report);
            }
            if (e instanceof InterruptedException) {
                throw new IllegalStateException("interrupted by nobody", e);
            }
            if (e instanceof IOException io) {
                throw io;
            }
            throw (RuntimeException) e;
        } finally {
            interruption.forbid();
            cluster.takeDown(keep);
        }
    }

    private void load() throws IOException, InterruptedException {
        OfferstormConfig direct = cluster.direct();
        Source source = TopicIdentity.of(direct.source());
        ClusterControl control = cluster.control();
        RunLog log = cluster.log();
        CountBounds bounds = new CountBounds(!options.mapped());
        try (Load load = new Load(
                        direct.source(),
                        source.partitions(),
                        options.seed(),
                        ReferenceTable.of(direct),
                        options.rate(),
                        options.mapped() ? new OtherShape()::of : Load::asGenerated,
                        bounds);
                Freshness freshness = Freshness.of(direct, source, log::line);
                CountsWatch counts = CountsWatch.start(direct.of(Redis.KIND), bounds, log);
                WorkersWatch workers =
                        WorkersWatch.start(control, direct.topology().metricsPortOffset(), log)) {
            load.start();
            awaitFirst(load, freshness);
            Integer verified = null;
            LakeVerdict lake = options.lake() ? LakeVerdict.NONE : null;
            Ledger.Lost lost = null;
            try {
                steps(new Steps(options, cluster, direct, control, load, freshness, workers, interruption), freshness);
                say("Ending the load; waiting until all records are durable, then verify");
                load.stop();
                workers.excuse(false);
                lost = lost(load, direct, source);
                CommandRunner.Answer verify = cluster.verify(FINISH_WITHIN);
                if (!interruption.isRequested()) { // an interrupt is an outage to verify
                    say(verify.text().strip());
                    verified = verify.code();
                    lake = options.lake() ? lakeVerdict() : null;
                }
            } finally {
                report = report(freshness.sinks(), load, counts.seen(), workers.seen(), lost, verified, lake);
            }
        }
    }

    /** Everything that came, in three layers, and the tables against what is staged. */
    private LakeVerdict lakeVerdict() throws IOException, InterruptedException {
        LakeRuns lake = cluster.lake().orElseThrow();
        try {
            LakeRuns.Answer run = lake.answer("run", "--layers");
            say("lake run --layers: " + run.text());
            LakeRuns.Answer verify = lake.answer("verify");
            say("lake verify: " + verify.text());
            return new LakeVerdict(run.code(), verify.code());
        } finally {
            lake.end();
        }
    }

    /** What Kafka itself lost; null if it cannot be read. */
    private Ledger.Lost lost(Load load, OfferstormConfig direct, Source source) {
        try (TopicReader reader = new TopicReader(direct.source(), source.partitions())) {
            return load.ledger().compare(reader);
        } catch (IOException e) {
            say("The topic cannot be compared with what was confirmed: " + e.getMessage());
            return null;
        }
    }

    /** Nothing can be said of faults before everything works. */
    private void awaitFirst(Load load, Freshness freshness) throws InterruptedException {
        if (freshness.await(load.mark(), System.nanoTime(), FIRST_FRESH_WITHIN).size()
                < freshness.sinks().size()) {
            throw Failure.unreachable(
                    "the stream did not reach all sinks within " + FIRST_FRESH_WITHIN.toSeconds()
                            + " s, before any fault; see "
                            + options.directory().resolve("logs").resolve("workers"),
                    null);
        }
    }

    private void steps(Steps steps, Freshness freshness) throws InterruptedException {
        int width = ReportText.width(
                plan.steps().stream().map(FaultPlan.Step::fault).toList());
        say("");
        say(ReportText.heading(freshness.sinks(), width));
        for (FaultPlan.Step step : plan.steps()) {
            steps.run(step, result -> {
                results.add(result);
                say(ReportText.row(result, freshness.sinks(), width));
            });
            Thread.sleep(step.pause().toMillis());
        }
        say("");
    }

    private Report report(
            List<String> sinks,
            Load load,
            CountsWatch.Seen counts,
            WorkersWatch.Seen workers,
            Ledger.Lost lost,
            Integer verified,
            LakeVerdict lake) {
        return new Report(
                options.seed(),
                plan.steps().size(),
                results,
                sinks,
                load.confirmed(),
                load.failed(),
                workers.emitted(),
                workers.replayedChunks(),
                workers.ends(),
                workers.unexplained(),
                counts.reads(),
                counts.broken(),
                counts.examples(),
                lost == null ? null : lost.records(),
                lost == null ? List.of() : lost.examples(),
                verified,
                lake);
    }

    private void say(String text) {
        boolean unread;
        synchronized (out) {
            out.println(text);
            unread = out.checkError();
        }
        if (unread) {
            interruption.unread();
        }
    }

    /** The plan, for people, before anything is started. */
    public static String describe(ChaosOptions options, FaultPlan plan) {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "Plan of seed %d, %.1f min, %d kinds of faults (the same three make the same plan):%n",
                options.seed(),
                options.length().toSeconds() / 60.0,
                options.faults().size()));
        int width = ReportText.width(
                plan.steps().stream().map(FaultPlan.Step::fault).toList());
        for (FaultPlan.Step step : plan.steps()) {
            Duration lasts = options.faults().get(step.fault()).get().lasts();
            text.append(String.format(
                    Locale.ROOT,
                    "%4d  %-" + width + "s  %s, then %d s of calm%n",
                    step.number(),
                    step.fault(),
                    lasts.isZero() ? "at once" : "healed after " + lasts.toSeconds() + " s",
                    step.pause().toSeconds()));
        }
        List<String> missing = plan.without(options.faults().keySet());
        if (!missing.isEmpty()) {
            text.append("No time for ").append(String.join(", ", missing)).append(System.lineSeparator());
        }
        return text.toString();
    }
}
