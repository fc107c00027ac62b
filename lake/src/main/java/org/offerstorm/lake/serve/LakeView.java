package org.offerstorm.lake.serve;

import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.offerstorm.core.model.Cell;
import org.offerstorm.core.model.Continent;
import org.offerstorm.lake.batch.LakeTables;
import org.offerstorm.lake.batch.OffsetVector;
import org.offerstorm.lake.batch.Staging;
import org.offerstorm.lake.batch.Tables;

/** The lake as it was published when this was made. One thread. */
public final class LakeView {
    private static final String TAIL = "lake_tail";

    private final SparkSession spark;
    private final String history;
    private final String counts;
    private final OffsetVector offsets;
    private final OffsetVector counted;

    /** Looks at what is published now. */
    public LakeView(SparkSession spark, LakeTables tables) {
        this.spark = spark;
        this.offsets = tables.history().offsets();
        this.history = pinned(
                Tables.HISTORY, tables.history().iceberg().currentSnapshot().snapshotId());
        this.counted = tables.counts().offsets();
        this.counts = pinned(
                Tables.COUNTS, tables.counts().iceberg().currentSnapshot().snapshotId());
    }

    /** The records that the history holds. */
    public OffsetVector offsets() {
        return offsets;
    }

    /** SQL's name of the history's snapshot. */
    public String history() {
        return history;
    }

    /** SQL's name of the snapshot of the counts. */
    public String counts() {
        return counts;
    }

    /** The table of counts; worked out here if it was not published with the history, because a run was killed between. */
    public CountsAnswer batch() {
        return counted.equals(offsets)
                ? new CountsAnswer(cells("SELECT category, continent, offers FROM " + counts), offsets)
                : new CountsAnswer(cells(live("valid_to IS NULL")), offsets);
    }

    /** The offers that were live at an instant: those whose version of then is not a deletion. */
    public CountsAnswer at(Instant instant) {
        String moment = "timestamp_micros(" + Math.multiplyExact(instant.toEpochMilli(), 1000L) + ")";
        return new CountsAnswer(
                cells(live("valid_from <= " + moment + " AND (valid_to IS NULL OR valid_to > " + moment + ")")),
                offsets);
    }

    /**
     * The table of counts, moved by what is staged after it: of each offer of the tail, its cell in the lake loses one and the
     * cell of its newest version gains one.
     *
     * @throws IOException if the staged log cannot be read
     */
    public CountsAnswer merged(Staging staging) throws IOException {
        return merged(staging, staging.cut().union(offsets));
    }

    /**
     * The same up to a cut.
     *
     * @param to includes what the lake holds, and is durable
     * @throws IOException if the staged log cannot be read
     */
    CountsAnswer merged(Staging staging, OffsetVector to) throws IOException {
        Map<Cell, Long> table = new HashMap<>(batch().counts());
        if (!offsets.covers(to)) {
            Dataset<Row> tail = staging.rows(offsets, to);
            tail.createOrReplaceTempView(TAIL);
            String newest = "SELECT id, max_by(struct(op, category, continent), struct(epoch, offset)) AS now FROM "
                    + TAIL + " GROUP BY id";
            cells("SELECT now.category, now.continent, count(*) FROM (" + newest
                            + ") WHERE now.op = 'U' GROUP BY now.category, now.continent")
                    .forEach((cell, offers) -> table.merge(cell, offers, Long::sum));
            cells("SELECT h.category, h.continent, count(*) FROM " + history
                            + " h LEFT SEMI JOIN (SELECT DISTINCT id FROM "
                            + TAIL + ") t ON h.id = t.id WHERE h.valid_to IS NULL AND h.op = 'U' GROUP BY h.category,"
                            + " h.continent")
                    .forEach((cell, offers) -> table.merge(cell, -offers, Long::sum));
            spark.catalog().dropTempView(TAIL);
            if (!offsets.covers(staging.deleted().below())) {
                throw new IOException("staged files were deleted that a newer run has read; ask again");
            }
        }
        table.values().removeIf(offers -> offers == 0);
        return new CountsAnswer(table, to);
    }

    /** The versions of one offer, the oldest first. */
    public List<Row> versions(String id) {
        return spark.sql("SELECT * FROM " + history + " WHERE id = :id ORDER BY version", Map.of("id", (Object) id))
                .collectAsList();
    }

    Map<Cell, Long> cells(String sql) {
        Map<Cell, Long> cells = new HashMap<>();
        for (Row row : spark.sql(sql).collectAsList()) {
            cells.put(Cell.of(row.getString(0), Continent.valueOf(row.getString(1))), row.getLong(2));
        }
        return cells;
    }

    private String live(String condition) {
        return "SELECT category, continent, count(*) FROM " + history + " WHERE op = 'U' AND " + condition
                + " GROUP BY category, continent";
    }

    private static String pinned(String table, long snapshot) {
        return Tables.qualified(table) + " VERSION AS OF " + snapshot;
    }
}
