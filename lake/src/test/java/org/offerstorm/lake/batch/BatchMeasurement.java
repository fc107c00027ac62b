package org.offerstorm.lake.batch;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Times batches over local Avro files: {@code BatchMeasurement WAREHOUSE DIRECTORY…}, one run for each directory more. */
final class BatchMeasurement {
    private static long wall = System.nanoTime();
    private static long cpu;

    private BatchMeasurement() {}

    public static void main(String[] args) throws Exception {
        try (LakeSession session = LakeSession.open(System.getProperty("master", "local[2]"), args[0], Map.of())) {
            session.spark().sql("SELECT 1").collect();
            lap("session");
            List<Path> directories = new ArrayList<>();
            for (int i = 1; i < args.length; i++) {
                if (args[i].startsWith("sql:")) {
                    System.out.println(session.spark().sql(args[i].substring(4)).collectAsList());
                    lap(args[i]);
                    continue;
                }
                if (!args[i].equals("again")) {
                    directories.clear();
                    directories.add(Path.of(args[i]));
                }
                String[] step = {"start"};
                BatchRun.Result result = new BatchRun(
                                session, new LocalStaging(session.spark(), directories), "bench", next -> {
                                    lap("  " + step[0]);
                                    step[0] = next.toString();
                                })
                        .run();
                System.out.println(args[i] + ": " + result);
            }
        }
        Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmHWM"))
                .forEach(System.out::println);
    }

    private static void lap(String what) {
        long nowWall = System.nanoTime();
        long nowCpu = ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
        System.out.printf(
                Locale.ROOT, "%-24s wall %6.2f s  cpu %6.2f s%n", what, (nowWall - wall) / 1e9, (nowCpu - cpu) / 1e9);
        wall = nowWall;
        cpu = nowCpu;
    }
}
