package org.offerstorm.lake.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.offerstorm.core.check.Failure;
import org.offerstorm.lake.batch.AuditFailed;
import org.offerstorm.lake.batch.BatchRun;
import org.offerstorm.lake.batch.LakeLock;
import org.offerstorm.lake.batch.Overtaken;
import org.offerstorm.lake.batch.RunProgress;
import org.offerstorm.lake.batch.WrongTable;
import org.offerstorm.lake.cli.LakeOptions.Lake;
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
            "Exit codes: 0 fine, also if nothing was new; 1 the audit of a table failed and it was not published; 2 usage;"
                    + " 3 HDFS is not there or full, the lake is in use, or its tables are not this stream's.",
            "",
            "Examples:",
            "  offerstorm lake run",
            "  offerstorm lake run --every 10m"
        })
public final class RunCommand implements Callable<Integer> {
    private static final double NANOS = 1e9;

    @Option(
            names = "--every",
            paramLabel = "TIME",
            description =
                    "Stay, and begin a run this long after the last one began, such as 10m or 1h. A run that fails is"
                            + " tried again at the next time.")
    private Duration every;

    @Mixin
    private LakeOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (every != null && every.toSeconds() < 1) {
            throw Failure.usage("--every must be at least 1s");
        }
        return options.with(every == null ? RunCommand.this::once : this::repeat);
    }

    private int repeat(Lake lake) throws InterruptedException {
        while (true) {
            long begin = System.nanoTime();
            try {
                once(lake);
            } catch (IOException | AuditFailed | Overtaken | WrongTable | LakeLock.Locked | RuntimeException e) {
                spec.commandLine()
                        .getErr()
                        .println("lake run: " + e.getMessage() + "; next try in " + every.toSeconds() + " s at most");
            }
            long left = every.toMillis() - (System.nanoTime() - begin) / 1_000_000;
            if (left > 0) {
                Thread.sleep(left);
            }
        }
    }

    private int once(Lake lake) throws IOException, AuditFailed, Overtaken, WrongTable, LakeLock.Locked {
        long begin = System.nanoTime();
        BatchRun.Result result;
        try (LakeLock lock = lake.lock("run")) {
            result = new BatchRun(lake.session(), lake.staging(), lake.group(), progress()).run();
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
        return 0;
    }

    private RunProgress progress() {
        return Terminals.isError()
                ? step -> spec.commandLine().getErr().println("  " + step.description())
                : RunProgress.NONE;
    }
}
