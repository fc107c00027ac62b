package org.offerstorm.lake.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.offerstorm.core.check.Failure;
import org.offerstorm.core.model.Continent;
import org.offerstorm.lake.batch.AuditFailed;
import org.offerstorm.lake.batch.BatchRun;
import org.offerstorm.lake.batch.LakeLock;
import org.offerstorm.lake.batch.Maintenance;
import org.offerstorm.lake.batch.Overtaken;
import org.offerstorm.lake.batch.RunProgress;
import org.offerstorm.lake.batch.WrongTable;
import org.offerstorm.lake.cli.LakeOptions.Lake;
import org.offerstorm.lake.serve.LakeView;
import org.offerstorm.sinks.redis.Redis;
import org.offerstorm.sinks.redis.RedisCounts;
import org.offerstorm.tools.cli.Audited;
import org.offerstorm.tools.report.CountTable;
import org.offerstorm.tools.terminal.Signals;
import org.offerstorm.tools.terminal.StopRequest;
import org.offerstorm.tools.terminal.Terminals;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code offerstorm lake run}. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Brings everything that is durable in HDFS, and not in the tables yet, into them: the history, then the counts."
                        + " May be killed at any point and run again.",
        footer = {
            "",
            "Exit codes: 0 fine, also if nothing was new; 1 the audit of a table failed and it was not published, or layers"
                    + " differ; 2 usage;"
                    + " 3 HDFS is not there or full, the lake is in use, or its tables are not this stream's.",
            "",
            "Examples:",
            "  offerstorm lake run",
            "  offerstorm lake run --every 10m"
        })
public final class RunCommand implements Callable<Integer>, Audited {
    private static final double NANOS = 1e9;

    @Option(
            names = "--every",
            paramLabel = "TIME",
            description =
                    "Stay, and begin a run this long after the last one began, such as 10m or 1h. A run that fails is"
                            + " tried again at the next time. Ctrl-C or 'kill' ends this after the run that is going on;"
                            + " twice, at once.")
    private Duration every;

    @Option(
            names = "--layers",
            description =
                    "Then print how many offers each layer counts: live (Redis), batch, and both merged without Redis;"
                            + " exit code 1 if a cell differs, as it may while the stream goes on.")
    private boolean layers;

    @Mixin
    private LakeOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (every != null && every.toSeconds() < 1) {
            throw Failure.usage("--every must be at least 1s");
        }
        if (every != null && layers) {
            throw Failure.usage("--layers is for one run; leave --every out");
        }
        return options.with(every == null ? this::once : this::repeat);
    }

    private int repeat(Lake lake) {
        StopRequest stop = new StopRequest();
        try (Signals.Taken signals = Signals.onStop(code -> end(stop, code))) {
            while (!stop.isRequested()) {
                long begin = System.nanoTime();
                try {
                    once(lake);
                } catch (IOException | AuditFailed | Overtaken | WrongTable | LakeLock.Locked | RuntimeException e) {
                    spec.commandLine()
                            .getErr()
                            .println("lake run: " + e.getMessage() + "; next try in " + every.toSeconds()
                                    + " s at most");
                }
                Duration left = every.minusNanos(System.nanoTime() - begin);
                stop.await(left); // not at all if it is over
            }
        }
        return 0;
    }

    /** The run that is going on ends first; who asks twice does not wait for it, and its branch is dropped by the next one. */
    private static void end(StopRequest stop, int code) {
        if (!stop.request(code)) {
            System.exit(code);
        }
    }

    private int once(Lake lake) throws IOException, AuditFailed, Overtaken, WrongTable, LakeLock.Locked {
        long begin = System.nanoTime();
        BatchRun.Result result;
        try (LakeLock lock = lake.lock("run")) {
            result = new BatchRun(lake.session(), lake.staging(), lake.group(), progress()).run();
            Maintenance maintenance = new Maintenance(lake.session(), lake.tables());
            if (maintenance.isDue()) {
                maintenance.compact();
            }
        }
        String seconds = String.format(Locale.ROOT, "%.1f s", (System.nanoTime() - begin) / NANOS);
        if (result.rows() == 0) {
            lake.out().println("Nothing new since " + result.to() + ".");
        } else {
            lake.out()
                    .printf(
                            Locale.ROOT,
                            "%,d new versions in %s; the lake holds everything up to %s.%n",
                            result.rows(),
                            seconds,
                            result.to());
        }
        lake.out().flush();
        return layers ? compare(lake) : 0;
    }

    private static int compare(Lake lake) throws IOException, WrongTable {
        LakeView view = new LakeView(lake.session().spark(), lake.tables());
        CountTable live;
        try (RedisCounts redis = new RedisCounts(lake.config().of(Redis.KIND))) {
            live = CountTable.of(redis.read());
        } catch (IOException e) {
            throw Failure.unreachable("the live table cannot be read: " + e.getMessage(), e);
        }
        CountTable batch = CountTable.of(view.batch().counts());
        CountTable merged = CountTable.of(view.merged(lake.staging()).counts());
        lake.out().printf(Locale.ROOT, "%n%-10s %10s %10s %10s%n", "", "live", "batch", "merged");
        for (Continent continent : live.continents()) {
            lake.out()
                    .printf(
                            Locale.ROOT,
                            "%-10s %,10d %,10d %,10d%n",
                            continent,
                            live.totalOf(continent),
                            batch.totalOf(continent),
                            merged.totalOf(continent));
        }
        lake.out()
                .printf(Locale.ROOT, "%-10s %,10d %,10d %,10d%n", "Total", live.total(), batch.total(), merged.total());
        int different =
                live.differences(batch).size() + live.differences(merged).size();
        lake.out()
                .println(
                        different == 0
                                ? "The three layers agree in every cell."
                                : different + " cells differ from the live table's.");
        lake.out().flush();
        return different == 0 ? 0 : Failure.DIFFERENCE;
    }

    private RunProgress progress() {
        return Terminals.isError()
                ? step -> spec.commandLine().getErr().println("  " + step.description())
                : RunProgress.NONE;
    }
}
