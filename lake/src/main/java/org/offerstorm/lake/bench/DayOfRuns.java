package org.offerstorm.lake.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.offerstorm.lake.batch.BatchRun;
import org.offerstorm.lake.batch.LakeSession;
import org.offerstorm.lake.batch.LakeTables;
import org.offerstorm.lake.batch.LocalStaging;
import org.offerstorm.lake.batch.Maintenance;
import org.offerstorm.lake.batch.RunProgress;
import org.offerstorm.lake.batch.Tables;

/**
 * Runs as {@code lake run --every} makes them, with their maintenance, as a process: {@code DayOfRuns "" LOG RUNS WAREHOUSE
 * MASTER}. Prints figures as {@link LakeTrial} does: of each hour the CPU seconds and the mean size of the history's data files.
 */
public final class DayOfRuns {
    private static final String GROUP = "bench";
    private static final int HOURS = 24;
    private static final String DATA = "data files";
    private static final String BYTES = "bytes";
    private static final String ROWS = "rows";
    private static final String FEWEST = "least mean of an hour";
    private static final String MAINTAINED = "maintenance";
    private static final String RUNS = "runs";

    private DayOfRuns() {}

    /** Leaves the process with code 0 if it came to its end. */
    public static void main(String[] args) throws Exception {
        run(Path.of(args[1]), Integer.parseInt(args[2]), args[3], args[4]);
        Runtime.getRuntime().halt(0);
    }

    private static void run(Path log, int runs, String warehouse, String master) throws Exception {
        try (LakeSession session = LakeSession.open(master, warehouse, Map.of())) {
            batch(session, BenchLog.load(log));
            double begin = cpu();
            double hour = begin;
            double maintaining = 0;
            int maintained = 0;
            long least = Long.MAX_VALUE;
            for (int run = 1; run <= runs; run++) {
                batch(session, BenchLog.changes(log, run));
                Maintenance maintenance = new Maintenance(session, LakeTables.open(session, GROUP));
                if (maintenance.isDue()) {
                    double before = cpu();
                    maintenance.compact();
                    maintained++;
                    maintaining += cpu() - before;
                }
                if (run * HOURS / runs > (run - 1) * HOURS / runs) {
                    Row files = files(session);
                    long mean = files.getLong(1) / files.getLong(0);
                    least = Math.min(least, mean);
                    figure("hour " + run * HOURS / runs, cpu() - hour, mean);
                    hour = cpu();
                }
            }
            figure(RUNS, cpu() - begin - maintaining, runs);
            figure(MAINTAINED, maintaining, maintained);
            Row files = files(session);
            figure(DATA, 0, files.getLong(0));
            figure(BYTES, 0, files.getLong(1));
            figure(FEWEST, 0, least);
            figure(
                    ROWS,
                    0,
                    session.spark()
                            .sql("SELECT count(*) FROM " + Tables.qualified(Tables.HISTORY))
                            .head()
                            .getLong(0));
        }
    }

    private static void batch(LakeSession session, Path part) throws Exception {
        LocalStaging staging = new LocalStaging(session.spark(), List.of(part), BenchLog.offsets(part));
        new BatchRun(session, staging, GROUP, RunProgress.NONE).run();
    }

    /** Number of the data files and their bytes. */
    private static Row files(LakeSession session) {
        return session.spark()
                .sql("SELECT count(*), sum(file_size_in_bytes) FROM " + Tables.qualified(Tables.HISTORY)
                        + ".files WHERE content = 0")
                .head();
    }

    private static double cpu() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime() / 1e9;
    }

    private static void figure(String name, double cpu, long number) {
        System.out.printf(Locale.ROOT, "%s%s\t%.3f\t%.3f\t%d%n", LakeTrial.PREFIX, name, cpu, 0.0, number);
    }

    /** For people. */
    static String report(LakeBench.Options options, int runs, Map<String, LakeFigure> figures) throws IOException {
        long files = figures.get(DATA).number();
        long bytes = figures.get(BYTES).number();
        return String.format(
                Locale.ROOT,
                "%s%n%,d offers, then a day of %d runs with %,d changes each; seed %d%n"
                        + "%,d rows in %d data files of %.1f MB on average (least at the end of an hour: %.1f MB)%n"
                        + "%.2f CPU seconds a run; %d times maintenance with %.2f CPU seconds each%n",
                LakeFigures.machine(),
                options.offers(),
                runs,
                options.changes(),
                options.seed(),
                figures.get(ROWS).number(),
                files,
                megabytes(bytes / files),
                megabytes(figures.get(FEWEST).number()),
                figures.get(RUNS).cpu() / runs,
                figures.get(MAINTAINED).number(),
                figures.get(MAINTAINED).cpu()
                        / Math.max(1, figures.get(MAINTAINED).number()));
    }

    private static double megabytes(long bytes) {
        return bytes / (double) (1 << 20);
    }
}
