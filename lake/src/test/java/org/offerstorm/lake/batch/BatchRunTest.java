package org.offerstorm.lake.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.offerstorm.core.model.Cell;
import org.offerstorm.core.model.Source;
import org.offerstorm.lake.batch.RunProgress.Step;
import org.offerstorm.lake.serve.LakeVerification;
import org.offerstorm.lake.serve.LakeView;
import org.offerstorm.lake.serve.LiveComparison;
import org.offerstorm.sinks.redis.RedisLive;
import org.offerstorm.sinks.redis.RedisOutbox;

/** What a series of runs makes, however the log is cut, and wherever a run ends. */
@Timeout(value = 15, unit = TimeUnit.MINUTES) // on a machine that others use as well
class BatchRunTest {
    private static final int SEEDS = 220;
    private static final int CUTS = 5;

    private final RandomLog log = new RandomLog(SEEDS, 12);

    @Test
    void any_cuts_give_the_fold_of_the_log_in_memory() throws Exception {
        LakeSession one = Lakes.create();
        new BatchRun(one, log.new Memory(one.spark()).to(log.end()), Lakes.GROUP, RunProgress.NONE).run();
        assertThat(Lakes.history(one)).isEqualTo(log.fold(log.end()));

        LakeSession many = Lakes.create();
        RandomLog.Memory staging = log.new Memory(many.spark());
        Random random = new Random(7);
        TreeSet<Integer> cuts = new TreeSet<>();
        while (cuts.size() < CUTS) {
            cuts.add(100 + random.nextInt(log.size() - 100));
        }
        for (int records : cuts) {
            OffsetVector before =
                    LakeTables.openOrCreate(many, Lakes.GROUP).history().offsets();
            OffsetVector cut = log.cut(records, random).union(before);
            assertThat(new BatchRun(many, staging.to(cut), Lakes.GROUP, RunProgress.NONE)
                            .run()
                            .to())
                    .isEqualTo(cut);
            assertThat(Lakes.history(many)).as("up to %s", cut).isEqualTo(log.fold(cut));
        }

        LakeView view = new LakeView(many.spark(), LakeTables.open(many, Lakes.GROUP));
        assertThat(view.batch().counts()).isEqualTo(log.counts(view.offsets(), Instant.MAX));
        Instant then = Instant.parse("2026-10-30T01:00:00Z");
        for (int i = 0; i < 3; i++) {
            Instant at = then.plusSeconds(random.nextInt(20_000));
            assertThat(view.at(at).counts()).as("at %s", at).isEqualTo(log.counts(view.offsets(), at));
        }
        staging.to(log.end());
        assertThat(view.merged(staging).counts()).isEqualTo(log.counts(log.end(), Instant.MAX));
        assertThat(new LakeVerification(many.spark(), view).run(staging))
                .allSatisfy(finding -> assertThat(finding.wrong()).isZero())
                .allSatisfy(finding -> assertThat(finding.checked()).isPositive());

        liveTablesAreComparedAtTheirOwnOffsets(view, staging, random);

        new BatchRun(many, staging, Lakes.GROUP, RunProgress.NONE).run();
        assertThat(Lakes.history(many)).isEqualTo(Lakes.history(one));
        long snapshots = snapshots(many);
        assertThat(new BatchRun(many, staging, Lakes.GROUP, RunProgress.NONE)
                        .run()
                        .rows())
                .isZero();
        assertThat(snapshots(many)).as("snapshots after a run without news").isEqualTo(snapshots);
    }

    @Test
    void a_run_that_ends_anywhere_is_made_up_for_by_the_next_one() throws Exception {
        LakeSession lake = Lakes.create();
        RandomLog.Memory staging = log.new Memory(lake.spark());
        Step[] steps = Step.values();
        int batch = 0;
        for (Step end : steps) {
            batch++;
            OffsetVector cut = log.cut(log.size() * batch / steps.length, null);
            staging.to(cut);
            OffsetVector before =
                    LakeTables.openOrCreate(lake, Lakes.GROUP).history().offsets();
            assertThatThrownBy(() -> new BatchRun(lake, staging, Lakes.GROUP, step -> {
                                if (step == end) {
                                    throw new Halt();
                                }
                            })
                            .run())
                    .isInstanceOf(Halt.class);
            boolean published = end.compareTo(Step.PUBLISH) > 0;
            assertThat(Lakes.history(lake))
                    .as("after the end at %s", end)
                    .isEqualTo(log.fold(published ? cut : before));
            new BatchRun(lake, staging, Lakes.GROUP, RunProgress.NONE).run();
            LakeView view = new LakeView(lake.spark(), LakeTables.open(lake, Lakes.GROUP));
            assertThat(view.offsets()).isEqualTo(cut);
            assertThat(Lakes.history(lake)).as("run after the end at %s", end).isEqualTo(log.fold(cut));
            assertThat(view.batch().counts()).isEqualTo(log.counts(cut, Instant.MAX));
        }
        assertThat(LakeTables.open(lake, Lakes.GROUP).history().iceberg().refs())
                .containsOnlyKeys("main");
    }

    /** The counts are moved by what one run appended; here they have missed two more. */
    @Test
    void counts_that_missed_runs_are_counted_again() throws Exception {
        LakeSession lake = Lakes.create();
        RandomLog.Memory staging = log.new Memory(lake.spark());
        for (int batch = 1; batch <= 4; batch++) {
            OffsetVector cut = log.cut(log.size() * batch / 4, null);
            staging.to(cut);
            boolean isCounted = batch == 1 || batch == 4;
            BatchRun run = new BatchRun(lake, staging, Lakes.GROUP, step -> {
                if (step == Step.COUNTS_BRANCH && !isCounted) {
                    throw new Halt();
                }
            });
            if (isCounted) {
                run.run();
                assertThat(new LakeView(lake.spark(), LakeTables.open(lake, Lakes.GROUP))
                                .batch()
                                .counts())
                        .isEqualTo(log.counts(cut, Instant.MAX));
            } else {
                assertThatThrownBy(run::run).isInstanceOf(Halt.class);
            }
        }
    }

    @Test
    void of_two_runs_at_once_one_publishes() throws Exception {
        LakeSession lake = Lakes.create();
        RandomLog.Memory staging = log.new Memory(lake.spark());
        List<Step> meetings = List.of(Step.MERGE, Step.APPEND, Step.AUDIT, Step.PUBLISH);
        int batch = 0;
        new BatchRun(lake, staging.to(log.cut(100, null)), Lakes.GROUP, RunProgress.NONE).run();
        for (Step meeting : meetings) {
            batch++;
            OffsetVector cut = log.cut(log.size() * batch / meetings.size(), null);
            staging.to(cut);
            BatchRun late = new BatchRun(lake, staging, Lakes.GROUP, step -> {
                if (step == meeting) {
                    run(new BatchRun(lake, staging, Lakes.GROUP, RunProgress.NONE));
                }
            });
            assertThatThrownBy(late::run)
                    .as("meeting at %s", meeting)
                    .isInstanceOfAny(Overtaken.class, Exception.class);
            assertThat(Lakes.history(lake)).as("meeting at %s", meeting).isEqualTo(log.fold(cut));
        }
    }

    private static void run(BatchRun run) {
        try {
            run.run();
        } catch (Exception e) {
            throw new AssertionError("the run that meets no other fails", e);
        }
    }

    /** Redis may have counted anything between the lake's offsets and the end of what is durable. */
    private void liveTablesAreComparedAtTheirOwnOffsets(LakeView view, Staging staging, Random random)
            throws Exception {
        LiveComparison comparison = new LiveComparison(view, staging);
        for (int i = 0; i < 3; i++) {
            OffsetVector counted =
                    log.cut(log.size() - random.nextInt(100), random).union(view.offsets());
            Map<Cell, Long> live = new HashMap<>(log.counts(counted, Instant.MAX));
            assertThat(comparison.run(() -> page(counted, live)).wrong())
                    .as("at %s", counted)
                    .isZero();
            Cell cell = live.keySet().iterator().next();
            live.merge(cell, 1L, Long::sum);
            assertThat(comparison.run(() -> page(counted, live)))
                    .as("at %s", counted)
                    .satisfies(finding -> assertThat(finding.wrong()).isEqualTo(1))
                    .satisfies(finding -> assertThat(finding.example()).startsWith(cell.key() + ": "));
        }
        assertThatThrownBy(() -> comparison.run(() -> {
                    throw new IOException("redis is away");
                }))
                .isInstanceOf(LiveComparison.NotComparable.class)
                .hasMessage("redis is away");
    }

    private static RedisOutbox.Page page(OffsetVector counted, Map<Cell, Long> table) {
        return new RedisOutbox.Page(
                Optional.of(new Source("offers", "id", counted.epoch(), 3)),
                counted.next(),
                counted.next(),
                true,
                List.of(),
                RedisLive.START,
                Optional.of(table));
    }

    private static long snapshots(LakeSession lake) {
        long count = 0;
        for (Object ignored : lake.table(Tables.HISTORY).iceberg().snapshots()) {
            count++;
        }
        return count;
    }

    /** As if the process ended: nothing is done after it. */
    private static final class Halt extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
