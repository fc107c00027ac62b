package org.offerstorm.lake.batch;

import java.util.Map;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** Names of the tables, their columns and how they are stored. */
public final class Tables {
    /** Of the catalog in Spark. */
    public static final String CATALOG = "lake";
    /** The one database, a directory below the warehouse. */
    public static final String DATABASE = "offers";

    public static final String HISTORY = "offers_history";
    public static final String COUNTS = "counts";

    /** The lake's own columns of the history. */
    static final Map<String, DataType> OWN_COLUMNS = Map.of(
            "version",
            DataTypes.LongType,
            "valid_from",
            DataTypes.TimestampType,
            "valid_to",
            DataTypes.TimestampType,
            "is_current",
            DataTypes.BooleanType);

    /** Property of a table: the form of its rows; a table without it is not ours. */
    static final String FORMAT_PROPERTY = "offerstorm.format";

    static final String FORMAT = "1";
    /** Property of a table: the consumer group whose log it holds. */
    static final String GROUP_PROPERTY = "offerstorm.group";
    /** Property of a snapshot: the {@link OffsetVector} that it holds. */
    public static final String OFFSETS_PROPERTY = "offerstorm.offsets";

    /** Property of a snapshot: the branch of the run that wrote it. */
    static final String RUN_PROPERTY = "offerstorm.run";

    /** Property of the history: the {@link OffsetVector} up to which it was verified. */
    static final String VERIFIED_PROPERTY = "offerstorm.verified";

    private static final String PROPERTIES = "'format-version'='2', 'write.parquet.compression-codec'='zstd',"
            + " 'write.merge.mode'='merge-on-read', 'write.delete.mode'='merge-on-read',"
            + " 'write.distribution-mode'='none', 'write.merge.distribution-mode'='hash',"
            + " 'write.spark.fanout.enabled'='true', 'write.delete.granularity'='partition',"
            + " 'write.metadata.delete-after-commit.enabled'='true', 'write.metadata.previous-versions-max'='50'";

    private Tables() {}

    /** For SQL. */
    public static String qualified(String table) {
        return CATALOG + "." + DATABASE + "." + table;
    }

    /**
     * Rows that are open (the newest of each id) are in one partition, closed ones in that of the month in which they ended: a
     * batch touches the first and mostly one of the others, and a question about a day leaves out all that ended before.
     */
    public static String createHistory(String group) {
        return "CREATE TABLE " + qualified(HISTORY) + " (" + OfferColumns.ddl()
                + ", version BIGINT NOT NULL, valid_from TIMESTAMP NOT NULL, valid_to TIMESTAMP,"
                + " is_current BOOLEAN NOT NULL) USING iceberg PARTITIONED BY (months(valid_to)) TBLPROPERTIES ("
                + PROPERTIES + ", " + own(group) + ")";
    }

    public static String createCounts(String group) {
        return "CREATE TABLE " + qualified(COUNTS)
                + " (category STRING NOT NULL, continent STRING NOT NULL, offers BIGINT NOT NULL)"
                + " USING iceberg TBLPROPERTIES (" + PROPERTIES + ", " + own(group) + ")";
    }

    private static String own(String group) {
        return "'" + FORMAT_PROPERTY + "'='" + FORMAT + "', '" + GROUP_PROPERTY + "'='" + group.replace("'", "\\'")
                + "'";
    }
}
