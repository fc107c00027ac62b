package org.offerstorm.lake.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.offerstorm.lake.batch.BatchRun;
import org.offerstorm.lake.batch.LakeSession;
import org.offerstorm.lake.batch.LakeTables;
import org.offerstorm.lake.batch.LocalStaging;
import org.offerstorm.lake.batch.RunProgress;
import org.offerstorm.lake.batch.Tables;
import org.offerstorm.lake.serve.LakeView;

/**
 * One trial, as a process: {@code LakeTrial lake|plain LOG MERGES WAREHOUSE MASTER}. Prints a line for each figure: its name, the
 * CPU seconds of the process, wall seconds, and a number that both contenders must have in common.
 */
public final class LakeTrial {
    /** Begins a line that is a figure. */
    static final String PREFIX = "figure\t";

    static final String LAKE = "lake";
    private static final String GROUP = "bench";
    private static final String OFFER = "offer-471";
    private static final Instant PAST = Instant.parse("2026-10-15T12:00:00Z");
    private static final String HISTORY = Tables.qualified(Tables.HISTORY);

    private long wall = System.nanoTime();
    private double cpu;

    private LakeTrial() {}

    /** Leaves the process with code 0 if it came to its end. */
    public static void main(String[] args) throws Exception {
        new LakeTrial().run(args[0].equals(LAKE), Path.of(args[1]), Integer.parseInt(args[2]), args[3], args[4]);
        Runtime.getRuntime().halt(0);
    }

    private void run(boolean isLake, Path log, int merges, String warehouse, String master) throws Exception {
        try (LakeSession session = LakeSession.open(master, warehouse, Map.of())) {
            session.spark().sql("SELECT 1").collectAsList();
            lap("session", 0);
            PlainJob plain = new PlainJob(session.spark());
            if (!isLake) {
                plain.create();
            }
            for (int part = 0; part <= merges; part++) {
                Path files = part == 0 ? BenchLog.load(log) : BenchLog.changes(log, part);
                LocalStaging staging = new LocalStaging(session.spark(), List.of(files), BenchLog.offsets(files));
                if (isLake) {
                    new BatchRun(session, staging, GROUP, RunProgress.NONE).run();
                } else if (part == 0) {
                    plain.load(staging.rows());
                } else {
                    plain.merge(staging.rows());
                }
                lap(part == 0 ? "load" : "merge-" + part, 0);
            }
            answer(session, isLake);
            files(session);
        }
        lap("peak", peakMegabytes());
    }

    private void answer(LakeSession session, boolean isLake) throws Exception {
        if (isLake) {
            LakeView view = new LakeView(session.spark(), LakeTables.open(session, GROUP));
            lap("open", 0);
            long counts = view.batch().total();
            lap("counts", counts);
            long past = view.at(PAST).total();
            lap("at", past);
            long versions = view.versions(OFFER).size();
            lap("history", versions);
        } else {
            lap("open", 0);
            long counts = number(session, "SELECT sum(offers) FROM " + Tables.qualified(Tables.COUNTS));
            lap("counts", counts);
            String moment = "timestamp_millis(" + PAST.toEpochMilli() + ")";
            long past = session
                    .spark()
                    .sql("SELECT category, continent, count(*) FROM " + HISTORY + " WHERE op = 'U' AND valid_from <= "
                            + moment + " AND (valid_to IS NULL OR valid_to > " + moment
                            + ") GROUP BY category, continent")
                    .collectAsList()
                    .stream()
                    .mapToLong(row -> row.getLong(2))
                    .sum();
            lap("at", past);
            long versions = session.spark()
                    .sql("SELECT * FROM " + HISTORY + " WHERE id = '" + OFFER + "' ORDER BY version")
                    .collectAsList()
                    .size();
            lap("history", versions);
        }
    }

    private void files(LakeSession session) {
        Row row = session.spark()
                .sql("SELECT sum(file_size_in_bytes), count_if(content = 0), count_if(content <> 0) FROM " + HISTORY
                        + ".files")
                .head();
        long rows = number(session, "SELECT count(*) FROM " + HISTORY);
        lap("rows", rows);
        lap("bytes", row.getLong(0));
        lap("data files", row.getLong(1));
        lap("files of deletes", row.getLong(2));
    }

    private static long number(LakeSession session, String sql) {
        return session.spark().sql(sql).head().getLong(0);
    }

    private void lap(String name, long number) {
        long nowWall = System.nanoTime();
        double nowCpu =
                ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime() / 1e9;
        System.out.printf(
                Locale.ROOT, "%s%s\t%.3f\t%.3f\t%d%n", PREFIX, name, nowCpu - cpu, (nowWall - wall) / 1e9, number);
        wall = nowWall;
        cpu = nowCpu;
    }

    /** Resident memory; 0 where the system does not say. */
    private static long peakMegabytes() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return 0;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmHWM"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElse(0);
    }
}
