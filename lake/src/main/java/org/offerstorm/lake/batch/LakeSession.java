package org.offerstorm.lake.batch;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.hadoop.HadoopCatalog;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Spark with the lake's catalog. One for each process; closing it ends Spark. */
public final class LakeSession implements AutoCloseable {
    private static final String LOCAL = "127.0.0.1";
    private static final String STANDALONE = "spark://";
    /** Set by {@code spark-submit}. */
    private static final String OF_SUBMIT = "spark.app.submitTime";

    private final SparkSession spark;
    private final HadoopCatalog catalog;

    private LakeSession(SparkSession spark, HadoopCatalog catalog) {
        this.spark = spark;
        this.catalog = catalog;
    }

    /**
     * Starts Spark, or takes the process's own.
     *
     * @param master {@code local[*]}, or a cluster's
     * @param warehouse directory of the tables, with its file system
     * @param hadoop settings of the Hadoop client
     */
    public static LakeSession open(String master, String warehouse, Map<String, String> hadoop) {
        SparkSession.Builder builder = SparkSession.builder()
                .appName("offerstorm lake")
                .master(master)
                .config("spark.ui.enabled", "false")
                .config("spark.sql.session.timeZone", "UTC")
                .config("spark.sql.shuffle.partitions", "16")
                .config("spark.sql.adaptive.coalescePartitions.parallelismFirst", "false")
                .config("spark.sql.adaptive.advisoryPartitionSizeInBytes", "64m")
                .config("spark.sql.catalogImplementation", "in-memory")
                .config("spark.sql.parquet.fieldId.read.enabled", "true")
                .config("spark.sql.extensions", "org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions")
                .config("spark.sql.catalog." + Tables.CATALOG, "org.apache.iceberg.spark.SparkCatalog")
                .config("spark.sql.catalog." + Tables.CATALOG + ".type", "hadoop")
                .config("spark.sql.catalog." + Tables.CATALOG + ".warehouse", warehouse)
                .config("spark.sql.catalog." + Tables.CATALOG + ".cache-enabled", "false");
        if (master.startsWith("local") || master.startsWith(STANDALONE + LOCAL + ":")) {
            builder.config("spark.driver.bindAddress", LOCAL).config("spark.driver.host", LOCAL);
        }
        if (master.startsWith(STANDALONE) && System.getProperty(OF_SUBMIT) == null) {
            // Executors on other machines need the same paths; 'spark-submit' sends them what they need.
            builder.config("spark.executor.extraClassPath", System.getProperty("java.class.path"));
        }
        hadoop.forEach((name, value) -> builder.config("spark.hadoop." + name, value));
        SparkSession spark = builder.getOrCreate();
        return new LakeSession(spark, new HadoopCatalog(spark.sessionState().newHadoopConf(), warehouse));
    }

    /** The same Spark over other tables, with further settings. */
    LakeSession at(String warehouse, Map<String, String> settings) {
        SparkSession other = spark.newSession();
        settings.forEach(other.conf()::set);
        other.conf().set("spark.sql.catalog." + Tables.CATALOG + ".warehouse", warehouse);
        return new LakeSession(other, new HadoopCatalog(spark.sessionState().newHadoopConf(), warehouse));
    }

    public SparkSession spark() {
        return spark;
    }

    boolean exists(String table) {
        return catalog.tableExists(identifier(table));
    }

    LakeTable table(String name) {
        Table table = catalog.loadTable(identifier(name));
        return new LakeTable(name, table, () -> name.equals(Tables.HISTORY) ? highest() : OffsetVector.NOTHING);
    }

    /** From the rows alone: offsets behind the highest, which a run looks for again if they were refused records. */
    private OffsetVector highest() {
        SortedMap<Integer, Long> next = new TreeMap<>();
        int epoch = 0;
        String history = Tables.qualified(Tables.HISTORY);
        for (Row row : spark.sql("SELECT epoch, partition, max(offset) + 1 FROM " + history
                        + " WHERE epoch = (SELECT max(epoch) FROM " + history + ") GROUP BY 1, 2")
                .collectAsList()) {
            epoch = row.getInt(0);
            next.put(row.getInt(1), row.getLong(2));
        }
        return new OffsetVector(epoch, next);
    }

    @Override
    public void close() {
        spark.stop();
    }

    private static TableIdentifier identifier(String table) {
        return TableIdentifier.of(Namespace.of(Tables.DATABASE), table);
    }
}
