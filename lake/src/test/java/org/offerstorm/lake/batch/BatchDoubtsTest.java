package org.offerstorm.lake.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.iceberg.SnapshotRef;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.offerstorm.core.model.Cell;
import org.offerstorm.lake.batch.RunProgress.Step;
import org.offerstorm.lake.serve.LakeView;

/** What a run does not rely on: it looks at what it made, and at what it gets. */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class BatchDoubtsTest {
    private final RandomLog log = new RandomLog(40, 12);

    @Test
    void what_an_audit_finds_wrong_is_not_published() throws Exception {
        LakeSession lake = Lakes.create();
        RandomLog.Memory staging = log.new Memory(lake.spark());
        String doubled = "SELECT * FROM BRANCH WHERE valid_to IS NULL LIMIT 1";
        OffsetVector first = log.cut(200, null);
        staging.to(first);
        assertThatThrownBy(() -> run(lake, staging, Step.AUDIT, Tables.HISTORY, doubled))
                .as("of a first load")
                .isInstanceOf(AuditFailed.class)
                .hasMessageContaining("offers_history was not published")
                .hasMessageContaining("open rows of different ids: ");
        assertThat(Lakes.history(lake)).isEmpty();
        new BatchRun(lake, staging, Lakes.GROUP, RunProgress.NONE).run();

        OffsetVector second = log.cut(400, null);
        staging.to(second);
        assertThatThrownBy(() -> run(lake, staging, Step.AUDIT, Tables.HISTORY, doubled))
                .as("of a merge")
                .isInstanceOf(AuditFailed.class)
                .hasMessageContaining("offers_history was not published")
                .hasMessageContaining("rows: ");
        assertThat(Lakes.history(lake)).isEqualTo(log.fold(first));

        assertThatThrownBy(() -> run(lake, staging, Step.COUNTS_AUDIT, Tables.COUNTS, "SELECT 'Tech', 'EU', 1L"))
                .as("of the counts")
                .isInstanceOf(AuditFailed.class)
                .hasMessageContaining("counts was not published")
                .hasMessageContaining("sum of the counts: ");
        assertThat(Lakes.history(lake)).isEqualTo(log.fold(second));
        LakeTables tables = LakeTables.open(lake, Lakes.GROUP);
        assertThat(tables.counts().offsets()).isEqualTo(first);
        assertThat(counts(lake)).as("of the history").isEqualTo(log.counts(second, Instant.MAX));

        new BatchRun(lake, staging, Lakes.GROUP, RunProgress.NONE).run();
        assertThat(tables.counts().offsets()).isEqualTo(second);
        assertThat(counts(lake)).isEqualTo(log.counts(second, Instant.MAX));
    }

    /** No staging should give them, but a merge does not rely on it. */
    @Test
    void rows_that_the_tables_have_already_change_nothing_and_at_an_end_the_successor_counts() throws Exception {
        LakeSession lake = Lakes.create();
        RandomLog.Memory memory = log.new Memory(lake.spark());
        Staging all = new Staging() {
            @Override
            public OffsetVector cut() {
                return memory.cut();
            }

            @Override
            public Dataset<Row> rows(OffsetVector from, OffsetVector to) {
                return memory.rows(OffsetVector.NOTHING, to);
            }
        };
        for (int records : new int[] {200, 400}) {
            OffsetVector cut = log.cut(records, null);
            memory.to(cut);
            new BatchRun(lake, all, Lakes.GROUP, RunProgress.NONE).run();
            assertThat(Lakes.history(lake)).as("up to %s", cut).isEqualTo(log.fold(cut));
        }
        LakeView view = new LakeView(lake.spark(), LakeTables.open(lake, Lakes.GROUP));
        for (Instant end : ends(view.offsets())) {
            assertThat(view.at(end).counts()).as("at %s, an end", end).isEqualTo(log.counts(view.offsets(), end));
        }
    }

    /** Writes to the run's branch what does not belong there, before it is looked at. */
    private static void run(LakeSession lake, Staging staging, Step audit, String table, String rows) throws Exception {
        new BatchRun(lake, staging, Lakes.GROUP, step -> {
                    if (step == audit) {
                        for (String ref : lake.table(table).iceberg().refs().keySet()) {
                            if (!ref.equals(SnapshotRef.MAIN_BRANCH)) {
                                String branch = Tables.qualified(table) + ".branch_" + ref;
                                lake.spark().sql("INSERT INTO " + branch + " " + rows.replace("BRANCH", branch));
                            }
                        }
                    }
                })
                .run();
    }

    private static Map<Cell, Long> counts(LakeSession lake) throws WrongTable {
        return new LakeView(lake.spark(), LakeTables.open(lake, Lakes.GROUP))
                .batch()
                .counts();
    }

    /** Moments in which an offer that was live ended: from then on it counts no more. */
    private List<Instant> ends(OffsetVector to) {
        return log.fold(to).stream()
                .filter(version -> version.category() != null
                        && version.to() != null
                        && version.to().isAfter(version.from()))
                .limit(3)
                .map(RandomLog.Version::to)
                .toList();
    }
}
