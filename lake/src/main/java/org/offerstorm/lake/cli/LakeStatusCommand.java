package org.offerstorm.lake.cli;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.iceberg.Snapshot;
import org.offerstorm.lake.batch.LakeTable;
import org.offerstorm.lake.batch.LakeTables;
import org.offerstorm.lake.batch.OffsetVector;
import org.offerstorm.lake.batch.WrongTable;
import org.offerstorm.lake.cli.LakeOptions.Lake;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code offerstorm lake status}. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Shows what the tables hold, how far they are behind what is durable, and their files.",
        footer = {"", "Exit codes: 0 fine, 2 usage, 3 HDFS cannot be reached, or there is no lake yet."})
public final class LakeStatusCommand implements Callable<Integer> {
    private static final double MEGABYTE = 1e6;

    @Mixin
    private LakeOptions options;

    @Override
    public Integer call() {
        return options.with(LakeStatusCommand::show);
    }

    private static int show(Lake lake) throws IOException, WrongTable {
        LakeTables tables = lake.tables();
        OffsetVector offsets = tables.history().offsets();
        OffsetVector durable = lake.staging().cut().union(offsets);
        long behind = durable.offsets() - (durable.epoch() == offsets.epoch() ? offsets.offsets() : 0);
        Snapshot newest = tables.history().iceberg().currentSnapshot();
        Duration age = Duration.between(Instant.ofEpochMilli(newest.timestampMillis()), Instant.now());
        lake.out().println("Lake      " + lake.warehouse());
        lake.out().println("Offsets   " + offsets);
        lake.out()
                .printf(
                        Locale.ROOT,
                        "Behind    %,d offsets; published %,d min ago%n",
                        behind,
                        Math.max(0, age.toMinutes()));
        show(lake, tables.history());
        show(lake, tables.counts());
        lake.out().flush();
        return 0;
    }

    private static void show(Lake lake, LakeTable table) {
        Map<String, String> summary = table.iceberg().currentSnapshot().summary();
        long files = number(summary, "total-data-files");
        long bytes = number(summary, "total-files-size");
        long deletes = number(summary, "total-position-deletes");
        long rows = number(summary, "total-records") - deletes;
        lake.out()
                .printf(
                        Locale.ROOT,
                        "%-15s %,d rows, %,.1f MB in %,d data files (%.1f MB on average), %,d files of %,d deletes%n",
                        table.name(),
                        rows,
                        bytes / MEGABYTE,
                        files,
                        files == 0 ? 0 : bytes / MEGABYTE / files,
                        number(summary, "total-delete-files"),
                        deletes);
    }

    private static long number(Map<String, String> summary, String name) {
        return Long.parseLong(summary.getOrDefault(name, "0"));
    }
}
