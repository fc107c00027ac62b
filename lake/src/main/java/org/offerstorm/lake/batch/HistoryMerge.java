package org.offerstorm.lake.batch;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/**
 * Brings new rows into the history: gives an end to the version of each id that was the newest, and appends the new ones.
 * One batch.
 *
 * <p>Versions of an id only grow, and a batch begins where the last one ended, so each id has at most one row to end. Of
 * the table only the open rows are read: their ids, and whole only those that end.
 */
final class HistoryMerge implements AutoCloseable {
    /** Names of views in the session. */
    static final String FRESH = "lake_fresh";

    static final String ENDED = "lake_ended";
    static final String CHAINED = "lake_chained";
    static final String LAST = "lake_last";

    /** Changed rows whose ids every task gets; beyond that Spark sorts both sides. */
    private static final long MOST_BROADCAST = 2_000_000;

    private static final String ADDED = OfferColumns.names() + ", version, valid_from, valid_to, is_current";

    private final SparkSession spark;
    private final List<Dataset<Row>> kept = new ArrayList<>();

    HistoryMerge(SparkSession spark) {
        this.spark = spark;
    }

    /**
     * Into an empty table, where nothing ends.
     *
     * @param rows the staged rows
     * @param branch SQL name of the branch to write to
     */
    void load(Dataset<Row> rows, String branch) {
        withVersion(rows).createOrReplaceTempView(FRESH);
        chained("", "NULL").createOrReplaceTempView(CHAINED);
        append(branch);
    }

    /**
     * Into a table that has rows.
     *
     * @param base SQL name of what is published
     * @param branch SQL name of the branch to write to, which begins there
     * @return what the branch must show
     */
    Expected merge(Dataset<Row> rows, String base, String branch) {
        Dataset<Row> fresh = keep(withVersion(rows), FRESH);
        String hint = fresh.count() <= MOST_BROADCAST ? "/*+ BROADCAST(k) */ " : "";
        long ended = keep(
                        spark.sql("SELECT " + hint + "h.id, h.version, h.valid_from FROM " + base + " h JOIN (SELECT"
                                + " DISTINCT id FROM " + FRESH + ") k ON h.id = k.id WHERE h.valid_to IS NULL"),
                        ENDED)
                .count();
        keep(
                chained(
                        " LEFT JOIN " + ENDED + " e ON f.id = e.id WHERE e.version IS NULL OR f.version > e.version",
                        "e.valid_from"),
                CHAINED);
        // Also what ends: of an id whose rows were all there already, nothing is left in the chain.
        keep(
                spark.sql("SELECT id, max(version) AS version, min_by(valid_from, version) AS ends_at FROM " + CHAINED
                        + " GROUP BY id"),
                LAST);
        Row sums = spark.sql("SELECT (SELECT count(*) FROM " + CHAINED + "), (SELECT count(*) FROM " + LAST
                        + "), (SELECT count(*) FROM " + LAST + " l JOIN " + ENDED + " e ON l.id = e.id)")
                .head();
        Expected expected = new Expected(sums.getLong(0), sums.getLong(1), sums.getLong(2));
        if (ended > 0 && expected.closed() > 0) {
            spark.sql("MERGE INTO " + branch + " h USING (SELECT " + hint + "* FROM " + LAST
                    + " k) s ON h.id = s.id AND h.valid_to IS NULL WHEN MATCHED THEN UPDATE SET valid_to = s.ends_at,"
                    + " is_current = false");
        }
        append(branch);
        return expected;
    }

    @Override
    public void close() {
        kept.forEach(Dataset::unpersist);
        for (String view : List.of(FRESH, ENDED, CHAINED, LAST)) {
            spark.catalog().dropTempView(view);
        }
    }

    /**
     * What the branch must show afterwards.
     *
     * @param added new rows
     * @param ids changed ids
     * @param closed rows that got an end
     */
    record Expected(long added, long ids, long closed) {}

    private static Dataset<Row> withVersion(Dataset<Row> rows) {
        return rows.selectExpr("*", "shiftleft(CAST(epoch AS BIGINT), 48) | offset AS version");
    }

    /**
     * The new rows with the time in which they are valid. A version is valid from its own timestamp on, or from its
     * predecessor's start if that is later: clocks of brokers and producers step back, the order of versions does not.
     *
     * @param join how a row finds the open row {@code e} of its id
     * @param before when that one begins
     */
    private Dataset<Row> chained(String join, String before) {
        String columns = OfferColumns.names();
        String window = " OVER (PARTITION BY id ORDER BY version";
        return spark.sql("SELECT " + columns + ", version, valid_from, lead(valid_from)" + window + ") AS valid_to,"
                + " (op = 'U' AND lead(version)" + window + ") IS NULL) AS is_current FROM (SELECT *,"
                + " greatest(max(timestamp)" + window + " ROWS UNBOUNDED PRECEDING), began) AS valid_from FROM (SELECT"
                + " *, lag(version)" + window + ") AS previous FROM (SELECT f.*, CAST(" + before
                + " AS TIMESTAMP) AS began FROM " + FRESH + " f" + join
                + ")) WHERE previous IS NULL OR previous < version)");
    }

    private void append(String branch) {
        spark.sql("INSERT INTO " + branch + " (" + ADDED + ") SELECT " + ADDED + " FROM " + CHAINED);
    }

    private Dataset<Row> keep(Dataset<Row> rows, String view) {
        Dataset<Row> persisted = rows.persist(StorageLevel.MEMORY_AND_DISK());
        persisted.createOrReplaceTempView(view);
        kept.add(persisted);
        return persisted;
    }
}
