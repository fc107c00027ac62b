package org.offerstorm.lake.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.spark.actions.SparkActions;
import org.apache.iceberg.util.SnapshotUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What happens to tables between runs. */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class MaintenanceTest {
    private final RandomLog log = new RandomLog(40, 12);
    private final LakeSession lake = Lakes.create();
    private final RandomLog.Memory staging = log.new Memory(lake.spark());

    @Test
    void files_are_joined_and_neither_rows_nor_offsets_are_lost() throws Exception {
        for (int batch = 1; batch <= 5; batch++) {
            run(log.cut(log.size() * batch / 6, null));
        }
        OffsetVector offsets = log.cut(log.size() * 5 / 6, null);
        LakeTables tables = LakeTables.open(lake, Lakes.GROUP);
        Maintenance maintenance = new Maintenance(lake, tables);

        assertThat(maintenance.isDue()).isTrue();
        Table history = tables.history().iceberg();
        Snapshot run = history.currentSnapshot();
        Maintenance.Result result = maintenance.compact();
        assertThat(SnapshotUtil.ancestorsBetween(
                        history.currentSnapshot().snapshotId(), run.snapshotId(), history::snapshot))
                .isNotEmpty()
                .allSatisfy(snapshot ->
                        assertThat(snapshot.summary()).containsEntry(Tables.OFFSETS_PROPERTY, offsets.encode()));
        maintenance.expire(System.currentTimeMillis() + Duration.ofDays(10).toMillis());

        assertThat(result.rewritten()).isGreaterThan(result.added()).isGreaterThan(4);
        assertThat(maintenance.isDue()).as("rows that were taken out are gone").isFalse();
        assertThat(tables.history().iceberg().currentSnapshot().summary()).containsEntry("total-position-deletes", "0");
        assertThat(tables.history().offsets()).isEqualTo(offsets);
        assertThat(Lakes.history(lake)).isEqualTo(log.fold(offsets));

        // A tool that knows nothing of the offsets rewrites all and drops every older snapshot.
        SparkActions.get(lake.spark())
                .rewriteDataFiles(history)
                .options(Map.of("rewrite-all", "true"))
                .execute();
        SparkActions.get(lake.spark())
                .expireSnapshots(history)
                .expireOlderThan(System.currentTimeMillis() + 1)
                .retainLast(1)
                .execute();
        history.refresh();
        assertThat(history.currentSnapshot().summary()).doesNotContainKey(Tables.OFFSETS_PROPERTY);
        assertThat(offsets.covers(tables.history().offsets())).isTrue();

        run(log.end());
        assertThat(Lakes.history(lake)).isEqualTo(log.fold(log.end()));

        Maintenance noneIsSmall = new Maintenance(lake, tables, 1);
        assertThat(noneIsSmall.isDue()).as("many rows were taken out").isTrue();
        noneIsSmall.compact();
        assertThat(noneIsSmall.isDue()).isFalse();
        assertThat(history.currentSnapshot().summary()).containsEntry("total-position-deletes", "0");
        assertThat(Lakes.history(lake)).isEqualTo(log.fold(log.end()));
    }

    @Test
    void tables_that_are_not_ours_are_refused() throws Exception {
        run(log.cut(50, null));
        assertThatThrownBy(() -> LakeTables.open(lake, "others"))
                .isInstanceOf(WrongTable.class)
                .hasMessageContaining("consumer group 'tests', this one is 'others'");

        String history = Tables.qualified(Tables.HISTORY);
        lake.spark().sql("ALTER TABLE " + history + " DROP COLUMN country");
        run(log.cut(60, null)); // a version that did not know it yet made the table
        assertThat(lake.spark().table(history).columns()).contains("country");
        assertThat(Lakes.history(lake)).isEqualTo(log.fold(log.cut(60, null)));

        lake.spark().sql("ALTER TABLE " + history + " ADD COLUMN added_later STRING");
        assertThatThrownBy(() -> run(log.end()))
                .isInstanceOf(WrongTable.class)
                .hasMessageContaining("added_later is STRING in the table and missing in conf/offer.avsc")
                .hasMessageContaining("\nThe table: ");
        lake.spark().sql("ALTER TABLE " + history + " DROP COLUMN added_later");

        lake.spark().sql("ALTER TABLE " + history + " UNSET TBLPROPERTIES ('" + Tables.FORMAT_PROPERTY + "')");
        assertThatThrownBy(() -> run(log.end()))
                .isInstanceOf(WrongTable.class)
                .hasMessageContaining("is a table of another program");
    }

    /** Of two first runs at once the late one may make a beginning on top of what the other has published. */
    @Test
    void a_second_beginning_hides_nothing() throws Exception {
        run(log.cut(50, null));
        for (LakeTable table : new LakeTable[] {lake.table(Tables.HISTORY), lake.table(Tables.COUNTS)}) {
            table.iceberg()
                    .newAppend()
                    .set(Tables.OFFSETS_PROPERTY, OffsetVector.NOTHING.encode())
                    .commit();
            assertThat(table.offsets()).as(table.name()).isEqualTo(log.cut(50, null));
        }
        run(log.end());
        assertThat(Lakes.history(lake)).isEqualTo(log.fold(log.end()));
    }

    private void run(OffsetVector cut) throws Exception {
        new BatchRun(lake, staging.to(cut), Lakes.GROUP, RunProgress.NONE).run();
    }
}
