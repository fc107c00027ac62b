package org.offerstorm.lake.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.offerstorm.lake.restore.StagedTrim;
import org.offerstorm.lake.restore.StagedTrim.Step;
import org.offerstorm.lake.serve.LakeVerification;
import org.offerstorm.lake.serve.LakeVerification.Finding;
import org.offerstorm.lake.serve.LakeView;
import org.offerstorm.local.servers.EmbeddedHdfs;
import org.offerstorm.sinks.hdfs.HdfsConfig;
import org.offerstorm.sinks.hdfs.HdfsSink;
import org.offerstorm.sinks.hdfs.MergedRows;
import org.offerstorm.sinks.hdfs.StagedLog;
import org.offerstorm.sinks.hdfs.StagedLog.LogFile;

/** Staged files that are merged are deleted: between runs of a stream that writes, is killed, and gets a new topic. */
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class StagedTrimTest {
    private static final List<Step> STEPS = List.of(Step.values());
    private static final String DELETED = "rows whose files were deleted";
    /** A minute each; more with {@code -Dofferstorm.staged.seeds=20}. */
    private static final int SEEDS = Integer.getInteger("offerstorm.staged.seeds", 1);

    @TempDir
    private static Path directory;

    private static EmbeddedHdfs hdfs;

    @BeforeAll
    static void start() throws IOException {
        hdfs = EmbeddedHdfs.start(directory, 0);
    }

    @AfterAll
    static void stop() {
        hdfs.close();
    }

    @Test
    void no_matter_what_happens_the_history_is_that_of_the_whole_log_and_verified() throws Exception {
        Set<Step> halted = EnumSet.noneOf(Step.class);
        for (int seed = 1; seed <= SEEDS; seed++) {
            Random random = new Random(seed);
            RandomLog log = new RandomLog(16 + seed, 7);
            Lake lake = new Lake("/random" + seed);
            int deleted = 0;
            try (StagingWriter writer = new StagingWriter(lake.config, log)) {
                for (int round = 0; !writer.isDone(); round++) {
                    writer.write(16 + random.nextInt(32), random.nextInt(3) > 0);
                    if (random.nextInt(3) == 0) {
                        writer.restart();
                    }
                    if (random.nextInt(4) > 0 || round == 0) {
                        lake.run();
                    }
                    int before = lake.files().size();
                    Step halt = STEPS.get(random.nextInt(STEPS.size()));
                    if (random.nextBoolean()) {
                        lake.trim();
                    } else if (lake.trimUntil(halt, random.nextInt(2))) {
                        halted.add(halt);
                    }
                    deleted += before - lake.files().size();
                    lake.assertVerified("seed " + seed + ", round " + round);
                    assertThat(Lakes.history(lake.session))
                            .as("seed %s, round %s", seed, round)
                            .isEqualTo(log.fold(lake.view().offsets()));
                }
                lake.run();
                deleted += lake.trim();
            }
            assertThat(lake.view().offsets()).isEqualTo(log.end());
            assertThat(Lakes.history(lake.session)).isEqualTo(log.fold(log.end()));
            assertThat(lake.view().batch().counts()).isEqualTo(log.counts(log.end(), Instant.MAX));
            lake.assertVerified("seed " + seed + ", at the end");
            assertThat(lake.files()).as("finished files that are left").noneMatch(LogFile::finished);
            assertThat(deleted).as("files deleted, seed %s", seed).isGreaterThan(4);
        }
        assertThat(halted).isNotEmpty();
    }

    @Test
    void after_a_halt_at_any_step_what_is_left_is_sound_and_the_next_call_does_the_rest() throws Exception {
        Lake lake = new Lake("/halts");
        long next = 0;
        int left = 0;
        try (HdfsSink sink = StagedOffers.sink(lake.config)) {
            for (Step halt : STEPS) {
                for (int after = 0; after < (halt == Step.DELETE ? 2 : 1); after++) {
                    StagedOffers.write(sink, next, next + 10, true); // two files
                    next += 10;
                    left += 2;
                    lake.run();
                    assertThat(lake.trimUntil(halt, after)).isTrue();
                    left -= after;
                    assertThat(finished(lake)).as("%s %s", halt, after).hasSize(left);
                    lake.assertVerified(halt + " " + after);
                }
            }
            assertThat(lake.trim()).isEqualTo(left);
            lake.assertVerified("after all");
            assertThat(lake.versions()).isEqualTo(next);
        }
    }

    @Test
    void only_finished_files_without_a_row_above_what_was_verified_and_old_ones_are_deleted() throws Exception {
        Lake lake = new Lake("/which");
        try (HdfsSink sink = StagedOffers.sink(lake.config)) {
            StagedOffers.write(sink, 0, 10, true);
            lake.run();
            StagedOffers.write(sink, 10, 20, true);
            StagedOffers.write(sink, 20, 30, false);
            List<LogFile> first = finished(lake).subList(0, 2);

            assertThat(lake.planned(Instant.now().minus(Duration.ofHours(1)))).isEmpty();
            assertThat(lake.planned(Lake.later())).as("merged").containsExactlyInAnyOrderElementsOf(first);
            assertThat(lake.trim()).isEqualTo(2);
            assertThat(MergedRows.read(lake.config).orElseThrow())
                    .satisfies(rows -> assertThat(rows.topicId()).isEqualTo("id"))
                    .satisfies(rows -> assertThat(rows.epoch()).isEqualTo(1))
                    .satisfies(rows -> assertThat(rows.next()).containsExactly(Map.entry(0, 10L)));
            try (StagedLog log = new StagedLog(lake.config)) {
                assertThat(log.delete(first.get(0))).as("it is gone").isFalse();
                for (LogFile open : log.files()) {
                    if (!open.finished()) {
                        assertThatThrownBy(() -> log.delete(open))
                                .isInstanceOf(IllegalArgumentException.class)
                                .hasMessageEndingWith("is not finished");
                    }
                }
            }
            StagedOffers.write(sink, 30, 40, true);
            lake.run();
            assertThat(lake.versions()).isEqualTo(40);
            lake.assertVerified("after all");
        }
    }

    @Test
    void tables_that_do_not_hold_what_is_staged_delete_nothing() throws Exception {
        Lake lake = new Lake("/unsound");
        try (HdfsSink sink = StagedOffers.sink(lake.config)) {
            StagedOffers.write(sink, 0, 10, true);
            lake.run();
            lake.assertVerified("at first"); // an earlier verification says nothing of what was done since
            lake.session.spark().sql("DELETE FROM " + Tables.qualified(Tables.HISTORY) + " WHERE id = 'offer-3'");

            StagedTrim.Plan plan = lake.plan(Lake.later(), StagedTrim.Progress.NONE);
            assertThat(plan.isSound()).isFalse();
            assertThat(lake.trim()).isZero();
            assertThat(finished(lake)).hasSize(2);
            assertThat(MergedRows.read(lake.config)).isEmpty();
        }
    }

    @Test
    void rows_that_the_lake_alone_has_are_judged_by_the_digest() throws Exception {
        Lake lake = new Lake("/digest");
        try (HdfsSink sink = StagedOffers.sink(lake.config)) {
            StagedOffers.write(sink, 0, 10, true);
            lake.run();
            lake.trim();
            StagedOffers.write(sink, 10, 20, true);
            lake.run();
            String history = Tables.qualified(Tables.HISTORY);

            for (String change : List.of(
                    "DELETE FROM " + history + " WHERE id = 'offer-3'",
                    "UPDATE " + history + " SET name = NULL, company = 'Offer' WHERE id = 'offer-4'",
                    "INSERT INTO " + history + " SELECT * FROM " + history + " WHERE id = 'offer-5'")) {
                long sound = lake.session
                        .table(Tables.HISTORY)
                        .iceberg()
                        .currentSnapshot()
                        .snapshotId();
                lake.session.spark().sql(change);
                assertThat(lake.verify())
                        .as(change)
                        .filteredOn(finding -> finding.name().equals(DELETED))
                        .singleElement()
                        .satisfies(finding -> assertThat(finding.wrong()).isEqualTo(1))
                        .satisfies(finding -> assertThat(finding.checked()).isEqualTo(10))
                        .satisfies(finding -> assertThat(finding.example()).startsWith("partition 0 has other rows"));
                lake.session
                        .table(Tables.HISTORY)
                        .iceberg()
                        .manageSnapshots()
                        .setCurrentSnapshot(sound)
                        .commit();
            }
        }
    }

    @Test
    void a_lake_that_lacks_what_was_deleted_is_not_written_to() throws Exception {
        Lake lake = new Lake("/other");
        try (HdfsSink sink = StagedOffers.sink(lake.config)) {
            StagedOffers.write(sink, 0, 10, true);
            lake.run();
            lake.trim();
            StagedOffers.write(sink, 10, 20, true);
            LakeSession another = Lakes.at(hdfs.uri() + "/other/another");
            assertThatThrownBy(() -> new BatchRun(another, lake.staging, Lakes.GROUP, RunProgress.NONE).run())
                    .isInstanceOf(WrongTable.class)
                    .hasMessageContaining("holds what is below 0, and staged files of rows below 1;0:10 were deleted")
                    .hasMessageEndingWith("Nothing was published");
            lake.run();
            assertThat(lake.versions()).isEqualTo(20);
        }
    }

    private static List<LogFile> finished(Lake lake) throws IOException {
        return lake.files().stream().filter(LogFile::finished).toList();
    }

    /** A directory of the stream with its lake. */
    private static final class Lake {
        private final HdfsConfig config;
        private final LakeSession session;
        private final HdfsStaging staging;

        Lake(String path) {
            config = new HdfsConfig(hdfs.uri(), path, 1 << 27, Duration.ofMinutes(10), Map.of());
            session = Lakes.at(hdfs.uri() + path + "/lake");
            staging = new HdfsStaging(session.spark(), config, hdfs.uri() + path + "/lake", UnaryOperator.identity());
        }

        /** All files are older. */
        static Instant later() {
            return Instant.now().plus(Duration.ofHours(1));
        }

        void run() throws Exception {
            new BatchRun(session, staging, Lakes.GROUP, RunProgress.NONE).run();
        }

        LakeTables tables() throws WrongTable {
            return LakeTables.open(session, Lakes.GROUP);
        }

        LakeView view() throws WrongTable {
            return new LakeView(session.spark(), tables());
        }

        long versions() {
            return session.spark().table(Tables.qualified(Tables.HISTORY)).count();
        }

        List<LogFile> files() throws IOException {
            try (StagedLog log = new StagedLog(config)) {
                return log.files();
            }
        }

        List<Finding> verify() throws Exception {
            return new LakeVerification(session.spark(), view()).run(staging);
        }

        void assertVerified(String when) throws Exception {
            assertThat(verify()).as(when).allSatisfy(finding -> assertThat(finding.wrong())
                    .as("%s: %s", finding.name(), finding.example())
                    .isZero());
        }

        StagedTrim.Plan plan(Instant before, StagedTrim.Progress progress) throws Exception {
            return new StagedTrim(session, tables(), staging, config, progress).plan(before);
        }

        List<LogFile> planned(Instant before) throws Exception {
            return plan(before, StagedTrim.Progress.NONE).files();
        }

        /** Number of files that it deletes. */
        int trim() throws Exception {
            StagedTrim trim = new StagedTrim(session, tables(), staging, config, StagedTrim.Progress.NONE);
            return trim.delete(trim.plan(later()));
        }

        /** Ends as it begins a step, of those that are repeated after so many; false if it does not come to it. */
        boolean trimUntil(Step halt, int after) throws Exception {
            List<Step> begun = new ArrayList<>();
            StagedTrim trim = new StagedTrim(session, tables(), staging, config, step -> {
                begun.add(step);
                if (step == halt && begun.stream().filter(halt::equals).count() > after) {
                    throw new Halted();
                }
            });
            try {
                trim.delete(trim.plan(later()));
                return false;
            } catch (Halted e) {
                return true;
            }
        }
    }

    /** As if the process ended: nothing is done after it. */
    private static final class Halted extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
