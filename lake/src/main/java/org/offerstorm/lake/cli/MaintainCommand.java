package org.offerstorm.lake.cli;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.offerstorm.core.check.Failure;
import org.offerstorm.lake.batch.LakeLock;
import org.offerstorm.lake.batch.Maintenance;
import org.offerstorm.lake.batch.WrongTable;
import org.offerstorm.lake.cli.LakeOptions.Lake;
import org.offerstorm.lake.restore.StagedTrim;
import org.offerstorm.lake.serve.RowsDigest;
import org.offerstorm.sinks.hdfs.Hdfs;
import org.offerstorm.tools.cli.Audited;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code offerstorm lake maintain}. */
@Command(
        name = "maintain",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Joins small files of the history, drops snapshots older than a day, and files that belong to none and are older"
                        + " than three days. A run does the first by itself when there are many. Never runs during a run.",
        footer = {
            "",
            "Exit codes: 0 fine; 1 with --staged: the tables do not hold what is staged, so nothing is deleted; 2 usage; 3 HDFS"
                    + " cannot be reached, or the lake is in use.",
            "",
            "Examples:",
            "  offerstorm lake maintain",
            "  offerstorm lake maintain --staged --keep 30d --dry-run"
        })
public final class MaintainCommand implements Callable<Integer>, Audited {
    /** A sink that repeats what HDFS did not answer must find what it finished. */
    private static final Duration LEAST = Duration.ofHours(1);

    @Option(
            names = "--staged",
            description =
                    "Also delete staged Avro files that are merged and older than --keep. First the tables are compared"
                            + " with all that is staged, as 'lake verify' does. From then on the lake alone has these rows.")
    private boolean staged;

    @Option(
            names = "--keep",
            paramLabel = "TIME",
            defaultValue = "7d",
            description = "With --staged: keep files that were closed later than this long ago, 1h at least. Default:"
                    + " ${DEFAULT-VALUE}.")
    private Duration keep;

    @Option(names = "--dry-run", description = "With --staged: say what would be deleted, and do nothing else.")
    private boolean dryRun;

    @Mixin
    private LakeOptions options;

    @Override
    public Integer call() {
        if (dryRun && !staged) {
            throw Failure.usage("--dry-run says what --staged would delete; give both");
        }
        if (staged && keep.compareTo(LEAST) < 0) {
            throw Failure.usage("--keep must be 1h at least: the stream may still look for a file that it finished");
        }
        return options.with(this::maintain);
    }

    private int maintain(Lake lake) throws IOException, WrongTable, LakeLock.Locked {
        int code = 0;
        try (LakeLock lock = lake.lock("maintain")) {
            if (!dryRun) {
                compact(lake);
            }
            if (staged) {
                code = trim(lake);
            }
        }
        lake.out().flush();
        return code;
    }

    private static void compact(Lake lake) throws WrongTable {
        Maintenance maintenance = new Maintenance(lake.session(), lake.tables());
        Maintenance.Result result = maintenance.compact();
        maintenance.expire(System.currentTimeMillis());
        lake.out()
                .printf(
                        Locale.ROOT,
                        "%,d data files became %,d; %,d files of deletes are gone.%n",
                        result.rewritten(),
                        result.added(),
                        result.deletes());
    }

    private int trim(Lake lake) throws IOException, WrongTable {
        StagedTrim trim = new StagedTrim(
                lake.session(), lake.tables(), lake.staging(), lake.config().of(Hdfs.KIND), StagedTrim.Progress.NONE);
        StagedTrim.Plan plan = trim.plan(Instant.now().minus(keep));
        if (!plan.isSound()) {
            plan.findings().forEach(finding -> LakeVerifyCommand.print(lake, finding));
            lake.out().println("The tables do not hold what is staged. No file is deleted.");
            return Failure.DIFFERENCE;
        }
        int files = dryRun ? plan.files().size() : trim.delete(plan);
        lake.out()
                .printf(
                        Locale.ROOT,
                        "%,d staged files, %,d bytes, %s.%n",
                        files,
                        plan.bytes(),
                        dryRun ? "would be deleted" : "deleted");
        if (!plan.files().isEmpty()) {
            lake.out()
                    .printf(
                            Locale.ROOT,
                            "Of %,d rows, those below %s, %s the lake alone.%n",
                            RowsDigest.rows(plan.digest()),
                            plan.below(),
                            dryRun ? "would then be in" : "may now be in");
        }
        return 0;
    }
}
