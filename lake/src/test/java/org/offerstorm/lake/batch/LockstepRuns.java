package org.offerstorm.lake.batch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.offerstorm.lake.batch.RunProgress.Step;

/**
 * A process that runs batches next to another one, without a lock: they wait for each other before the steps at which they could
 * meet. Prints a line for each round. The first round meets at an empty warehouse.
 */
final class LockstepRuns {
    static final int ROUNDS = 4;

    private static final Set<Step> MEETINGS =
            EnumSet.of(Step.TABLES, Step.CLEAN, Step.BRANCH, Step.PUBLISH, Step.COUNTS_BRANCH, Step.COUNTS_PUBLISH);
    private static final int LOOK_MILLIS = 2;

    private final Path meeting;
    private final String name;
    private final String other;

    private LockstepRuns(Path meeting, String name, String other) {
        this.meeting = meeting;
        this.name = name;
        this.other = other;
    }

    /** Of all rounds together. */
    static RandomLog log() {
        return new RandomLog(20, 12);
    }

    static OffsetVector cut(RandomLog log, int round) {
        return log.cut(log.size() * (round + 1) / ROUNDS, null);
    }

    /** Arguments: warehouse, a directory to meet in, the own name, the other's. */
    public static void main(String[] args) throws Exception {
        LockstepRuns runs = new LockstepRuns(Path.of(args[1]), args[2], args[3]);
        LakeSession lake = Lakes.at(args[0]);
        RandomLog log = log();
        RandomLog.Memory staging = log.new Memory(lake.spark());
        for (int round = 0; round < ROUNDS; round++) {
            String result;
            int now = round;
            try {
                BatchRun run =
                        new BatchRun(lake, staging.to(cut(log, round)), Lakes.GROUP, step -> runs.meet(now, step));
                run.run();
                result = "published";
            } catch (Overtaken e) {
                result = e.getMessage();
            } catch (Exception e) { // the other one must not wait
                e.printStackTrace();
                result = "failed";
            }
            System.out.println(result);
            runs.arrive("end of " + round + " ");
            runs.await(runs.meeting.resolve("end of " + round + " " + runs.other), null);
        }
        Runtime.getRuntime().halt(0);
    }

    private void meet(int round, Step step) {
        if (MEETINGS.contains(step)) {
            try {
                arrive(round + " " + step + " ");
                await(
                        meeting.resolve(round + " " + step + " " + other),
                        meeting.resolve("end of " + round + " " + other));
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private void arrive(String where) throws IOException {
        Files.createFile(meeting.resolve(where + name));
    }

    /** Until one of the files is there, or the test that wants them is not. */
    private void await(Path one, Path two) throws InterruptedException {
        while (!Files.exists(one) && (two == null || !Files.exists(two))) {
            Thread.sleep(LOOK_MILLIS);
            if (!ProcessHandle.current().parent().map(ProcessHandle::isAlive).orElse(false)) {
                Runtime.getRuntime().halt(1);
            }
        }
    }
}
