package org.offerstorm.lake.batch;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/**
 * Brings new rows into the history: gives an end to the version of each id that was the newest, and appends the new ones.
 * One batch.
 *
 * <p>Versions of an id only grow, and a batch begins where the last one ended, so each id has at most one row to end. It is
 * taken out of the open rows by its position, and appended with its end, together with the new rows. The files of the open
 * rows are read once, without the lists of what was taken out before: of the rows of an id in them, the newest is the open
 * one.
 */
final class HistoryMerge implements AutoCloseable {
    /** Names of views in the session. */
    private static final String FRESH = "lake_fresh";

    private static final String ALL = "lake_all";
    private static final String FOUND = "lake_found";
    private static final String OPEN = "lake_open";
    static final String LAST = "lake_last";

    /** Changed rows whose ids every task gets; beyond that Spark sorts both sides. */
    private static final long MOST_BROADCAST = 2_000_000;

    /** What is there already is left out: a run may see rows of an earlier one, never older ones that it has not. */
    private static final String NEWER =
            " LEFT JOIN " + OPEN + " o ON f.id = o.id WHERE o.version IS NULL OR f.version > o.version";

    private static final String ADDED = OfferColumns.names() + ", version, valid_from, valid_to, is_current";

    private final SparkSession spark;
    private final RunProgress progress;
    private final List<Dataset<Row>> kept = new ArrayList<>();

    HistoryMerge(SparkSession spark, RunProgress progress) {
        this.spark = spark;
        this.progress = progress;
    }

    /**
     * Into an empty table, where nothing ends.
     *
     * @param rows the staged rows
     * @param branch SQL name of the branch to write to
     */
    void load(Dataset<Row> rows, String branch) {
        withVersion(rows).createOrReplaceTempView(FRESH);
        append(chained("", "NULL"), branch);
    }

    /**
     * Into a table that has rows.
     *
     * @param history the table
     * @param base what is published
     * @param branch the branch to write to, which begins there
     * @param properties of the snapshots
     * @return what the branch must show
     */
    Expected merge(Dataset<Row> rows, Table history, Snapshot base, String branch, Map<String, String> properties)
            throws IOException, Overtaken {
        long read = keep(withVersion(rows), FRESH).count();
        String hint = read <= MOST_BROADCAST ? "/*+ BROADCAST(k) */ " : "";
        OpenRows open = new OpenRows(spark, history, base);
        open.all().createOrReplaceTempView(ALL);
        keep(
                spark.sql("SELECT " + hint + "a.* FROM " + ALL + " a JOIN (SELECT DISTINCT id FROM " + FRESH
                        + ") k ON a.id = k.id"),
                FOUND);
        keep(
                spark.sql("SELECT id, newest.* FROM (SELECT id, max_by(struct(version, valid_from, "
                        + OpenRows.FILE + ", " + OpenRows.POSITION + "), version) AS newest FROM " + FOUND
                        + " GROUP BY id)"),
                OPEN);
        keep(
                spark.sql("SELECT f.id, max(f.version) AS version, count(DISTINCT f.version) AS versions,"
                        + " greatest(min_by(f.timestamp, f.version), max(o.valid_from)) AS ends_at,"
                        + " max(o.version) AS closes FROM " + FRESH + " f" + NEWER + " GROUP BY f.id"),
                LAST);
        Row sums = spark.sql("SELECT coalesce(sum(versions), 0), count(*), count(closes) FROM " + LAST)
                .head();
        Expected expected = new Expected(sums.getLong(0), sums.getLong(1), sums.getLong(2));
        String added = chained(NEWER, "o.valid_from");
        if (expected.closed() > 0) {
            open.remove(
                    spark.sql("SELECT o.* FROM " + OPEN + " o JOIN " + LAST
                            + " l ON o.id = l.id AND o.version = l.closes"),
                    branch,
                    properties);
            added = "SELECT " + ADDED + " FROM (" + added + ") UNION ALL SELECT " + OfferColumns.names("o")
                    + ", o.version, o.valid_from, l.ends_at, false FROM " + FOUND + " o JOIN " + LAST
                    + " l ON o.id = l.id AND o.version = l.closes";
        }
        progress.begins(RunProgress.Step.APPEND);
        append(added, Tables.qualified(Tables.HISTORY) + ".branch_" + branch);
        return expected;
    }

    @Override
    public void close() {
        kept.forEach(Dataset::unpersist);
        for (String view : List.of(FRESH, ALL, FOUND, OPEN, LAST)) {
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
     * predecessor's start if that is later: clocks of brokers and producers step back, the order of versions does not. All
     * windows are of one kind, so that Spark passes once over the rows; of copies of a row the last one stays.
     *
     * @param join how a row {@code f} finds the open row of its id
     * @param before when that one begins
     */
    private static String chained(String join, String before) {
        String window = " OVER (PARTITION BY id ORDER BY version";
        return "SELECT " + OfferColumns.names()
                + ", version, greatest(latest, began) AS valid_from, CASE WHEN next IS NOT"
                + " NULL THEN greatest(latest_at_next, began) END AS valid_to, (op = 'U' AND next IS NULL) AS is_current"
                + " FROM (SELECT *, max(timestamp)" + window + " ROWS UNBOUNDED PRECEDING) AS latest, max(timestamp)"
                + window + " ROWS BETWEEN UNBOUNDED PRECEDING AND 1 FOLLOWING) AS latest_at_next, lead(version)"
                + window + ") AS next FROM (SELECT f.*, CAST(" + before + " AS TIMESTAMP) AS began FROM " + FRESH + " f"
                + join + ")) WHERE next IS NULL OR next > version";
    }

    private void append(String rows, String branch) {
        spark.sql("INSERT INTO " + branch + " (" + ADDED + ") SELECT " + ADDED + " FROM (" + rows + ")");
    }

    private Dataset<Row> keep(Dataset<Row> rows, String view) {
        Dataset<Row> persisted = rows.persist(StorageLevel.MEMORY_AND_DISK());
        persisted.createOrReplaceTempView(view);
        kept.add(persisted);
        return persisted;
    }
}
