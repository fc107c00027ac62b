package org.offerstorm.lake.bench;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.offerstorm.lake.batch.OfferColumns;
import org.offerstorm.lake.batch.Tables;

/**
 * The same tables by SQL alone, as a data team would write it first: one MERGE, no branch, no audit, no offsets. A killed run of
 * it must be undone by hand.
 */
final class PlainJob {
    private static final String HISTORY = Tables.qualified(Tables.HISTORY);
    private static final String COUNTS = Tables.qualified(Tables.COUNTS);
    private static final String COLUMNS = OfferColumns.names() + ", version, valid_from, valid_to, is_current";

    private static final String CHAINED = "SELECT *, timestamp AS valid_from, lead(timestamp) OVER w AS valid_to, op ="
            + " 'U' AND lead(timestamp) OVER w IS NULL AS is_current, lag(timestamp) OVER w IS NULL AS is_first FROM"
            + " (SELECT *, shiftleft(CAST(epoch AS BIGINT), 48) | offset AS version FROM plain_rows)"
            + " WINDOW w AS (PARTITION BY id ORDER BY version)";

    private final SparkSession spark;

    PlainJob(SparkSession spark) {
        this.spark = spark;
    }

    void create() {
        spark.sql("CREATE NAMESPACE IF NOT EXISTS " + Tables.CATALOG + "." + Tables.DATABASE);
        spark.sql(Tables.createHistory("plain"));
        spark.sql(Tables.createCounts("plain"));
    }

    void load(Dataset<Row> rows) {
        rows.createOrReplaceTempView("plain_rows");
        spark.sql("INSERT INTO " + HISTORY + " (" + COLUMNS + ") SELECT " + COLUMNS + " FROM (" + CHAINED + ")");
        count();
    }

    void merge(Dataset<Row> rows) {
        rows.createOrReplaceTempView("plain_rows");
        spark.sql("WITH chained AS (" + CHAINED + ") MERGE INTO " + HISTORY + " h USING (SELECT CAST(NULL AS STRING) AS"
                + " merge_id, * FROM chained UNION ALL SELECT id AS merge_id, * FROM chained WHERE is_first) s"
                + " ON h.id = s.merge_id AND h.valid_to IS NULL"
                + " WHEN MATCHED THEN UPDATE SET valid_to = s.valid_from, is_current = false"
                + " WHEN NOT MATCHED AND s.merge_id IS NULL THEN INSERT (" + COLUMNS + ") VALUES (s."
                + COLUMNS.replace(", ", ", s.") + ")");
        count();
    }

    private void count() {
        spark.sql("INSERT OVERWRITE " + COUNTS + " SELECT category, continent, count(*) FROM " + HISTORY
                + " WHERE is_current GROUP BY category, continent");
    }
}
