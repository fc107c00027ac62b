package org.offerstorm.lake.serve;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.storage.StorageLevel;
import org.offerstorm.core.model.Cell;
import org.offerstorm.lake.batch.DeletedRows;
import org.offerstorm.lake.batch.OfferColumns;
import org.offerstorm.lake.batch.OffsetVector;
import org.offerstorm.lake.batch.Staging;

/**
 * Compares the lake with what is staged below its offsets. Each side is worked out by itself: from the staged rows alone, from
 * the history alone, and from the counts; nothing of the merge is used.
 */
public final class LakeVerification {
    private static final String STAGED = "lake_staged";
    private static final String KNOWN = "lake_known";

    private final SparkSession spark;
    private final LakeView view;

    public LakeVerification(SparkSession spark, LakeView view) {
        this.spark = spark;
        this.view = view;
    }

    /**
     * One comparison.
     *
     * @param name what is compared
     * @param checked how many rows, ids or cells
     * @param wrong how many of them differ
     * @param example one that differs; null if none does
     */
    public record Finding(String name, long checked, long wrong, String example) {}

    /**
     * All comparisons.
     *
     * @throws IOException if the staged log cannot be read
     */
    public List<Finding> run(Staging staging) throws IOException {
        var staged = staging.rows(OffsetVector.NOTHING, view.offsets())
                .selectExpr(
                        "shiftleft(CAST(epoch AS BIGINT), 48) | offset AS version",
                        "partition",
                        "id",
                        "op",
                        "category",
                        "continent",
                        hash() + " AS content")
                .distinct()
                .persist(StorageLevel.MEMORY_AND_DISK());
        staged.createOrReplaceTempView(STAGED);
        try {
            staged.count(); // all is read; files that are missing now were deleted, or are lost
            DeletedRows deleted = staging.deleted();
            List<Finding> findings = new ArrayList<>();
            findings.add(rows(deleted));
            if (!deleted.equals(DeletedRows.NONE)) {
                findings.add(new RowsDigest(spark, view.history()).compare(deleted.below(), deleted.digest()));
            }
            known(deleted);
            findings.add(chains());
            findings.add(cells("current offers by cell", cellsOfHistory()));
            findings.add(cells("counts", view.batch().counts()));
            return findings;
        } finally {
            staged.unpersist();
            spark.catalog().dropTempView(STAGED);
            spark.catalog().dropTempView(KNOWN);
        }
    }

    /** What is staged, and rows of the history that the digest vouches for in place of their files. */
    private void known(DeletedRows deleted) {
        spark.sql("SELECT id, version, op, category, continent FROM " + STAGED + " UNION ALL SELECT id, version, op,"
                        + " category, continent FROM " + view.history() + " WHERE "
                        + RowsDigest.condition(deleted.below(), ""))
                .createOrReplaceTempView(KNOWN);
    }

    /** Every staged row is in the history once, whole, and nothing else is but what was staged and deleted. */
    private Finding rows(DeletedRows deleted) {
        String both = "(SELECT id, version, partition, content FROM " + STAGED + ") s FULL OUTER JOIN (SELECT id,"
                + " version, partition, " + hash() + " AS content, count(*) OVER (PARTITION BY partition, version) AS n"
                + " FROM " + view.history() + ") h ON s.partition = h.partition AND s.version = h.version";
        String wrong = "(s.version IS NULL AND NOT " + RowsDigest.condition(deleted.below(), "h.")
                + ") OR h.version IS NULL OR s.content <> h.content OR h.n <> 1";
        Row row = spark.sql(
                        "SELECT count(*), count_if(" + wrong + "), min(CASE WHEN " + wrong + " THEN concat('offset ',"
                                + " coalesce(s.version, h.version) & 281474976710655, ' of partition ', coalesce(s.partition,"
                                + " h.partition), CASE WHEN h.version IS NULL THEN ' is not in the history' WHEN s.version IS"
                                + " NULL THEN ' is in the history only' WHEN h.n <> 1 THEN ' is in the history twice' ELSE"
                                + " ' differs' END) END) FROM " + both)
                .head();
        return new Finding("versions, staged and in the history", row.getLong(0), row.getLong(1), row.getString(2));
    }

    /** Each version ends where the next one begins; the newest has no end, and is current unless it is a deletion. */
    private Finding chains() {
        String window = " OVER (PARTITION BY id ORDER BY version)";
        String wrong = "NOT (valid_to <=> next) OR is_current <> (next IS NULL AND op = 'U') OR valid_from > valid_to"
                + " OR valid_from <> began";
        Row row = spark.sql("SELECT count(*), count_if(" + wrong + "), min(CASE WHEN " + wrong
                        + " THEN concat('offer ', id, ', version ', version) END) FROM (SELECT *, lead(valid_from)"
                        + window + " AS next, max(timestamp) OVER (PARTITION BY id ORDER BY version ROWS UNBOUNDED"
                        + " PRECEDING) AS began FROM " + view.history() + ")")
                .head();
        return new Finding("validity of versions", row.getLong(0), row.getLong(1), row.getString(2));
    }

    private Map<Cell, Long> cellsOfHistory() {
        return view.cells(
                "SELECT category, continent, count(*) FROM " + view.history() + " WHERE is_current GROUP BY 1, 2");
    }

    /** The fold of the staged rows, in SQL that shares nothing with the merge. */
    private Finding cells(String name, Map<Cell, Long> is) {
        Map<Cell, Long> must = view.cells("SELECT newest.category, newest.continent, count(*) FROM (SELECT"
                + " max_by(struct(op, category, continent), version) AS newest FROM " + KNOWN
                + " GROUP BY id) WHERE newest.op = 'U' GROUP BY 1, 2");
        return compare(name, must, is);
    }

    /** Cell by cell; cells without offers are absent on both sides. */
    static Finding compare(String name, Map<Cell, Long> must, Map<Cell, Long> is) {
        List<String> wrong = new ArrayList<>();
        for (Cell cell : must.keySet()) {
            if (!must.get(cell).equals(is.get(cell))) {
                wrong.add(cell.key() + ": " + is.getOrDefault(cell, 0L) + ", must be " + must.get(cell));
            }
        }
        for (Cell cell : is.keySet()) {
            if (!must.containsKey(cell)) {
                wrong.add(cell.key() + ": " + is.get(cell) + ", must be 0");
            }
        }
        return new Finding(name, must.size(), wrong.size(), wrong.isEmpty() ? null : wrong.get(0));
    }

    /** Of all columns that are staged. */
    private static String hash() {
        return OfferColumns.types().entrySet().stream()
                .map(LakeVerification::hashable)
                .collect(Collectors.joining(", ", "xxhash64(", ")"));
    }

    private static String hashable(Map.Entry<String, DataType> column) {
        return column.getValue() instanceof MapType
                ? "to_json(sort_array(map_entries(" + column.getKey() + ")))"
                : "coalesce(CAST(" + column.getKey() + " AS STRING), '\\u0000')";
    }
}
