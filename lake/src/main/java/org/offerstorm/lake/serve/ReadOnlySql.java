package org.offerstorm.lake.serve;

import java.util.Locale;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.offerstorm.lake.batch.Tables;
import scala.jdk.javaapi.CollectionConverters;

/** A user's query over the tables as they were published when it began. It can change nothing. */
public final class ReadOnlySql {
    private final SparkSession spark;

    /** Names the tables: offers_history, offers_current and counts. */
    public ReadOnlySql(SparkSession spark, LakeView view) {
        this.spark = spark;
        view("SELECT * FROM " + view.history(), Tables.HISTORY);
        view("SELECT * FROM " + view.history() + " WHERE valid_to IS NULL", "offers_current");
        view("SELECT * FROM " + view.counts(), Tables.COUNTS);
    }

    /**
     * The answer, not read yet.
     *
     * @throws IllegalArgumentException if it is not a query, with words for people
     */
    public Dataset<Row> query(String sql) {
        LogicalPlan plan;
        try {
            plan = ((org.apache.spark.sql.classic.SparkSession) spark)
                    .sessionState()
                    .sqlParser()
                    .parsePlan(sql);
        } catch (ParseException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        String first = sql.strip().toLowerCase(Locale.ROOT);
        boolean describes = first.startsWith("describe") || first.startsWith("desc ") || first.startsWith("show ");
        if (!describes && hasCommand(plan)) {
            throw new IllegalArgumentException(
                    "only queries are answered here (SELECT, WITH, DESCRIBE, SHOW); the tables"
                            + " are written by 'offerstorm lake run' alone");
        }
        return spark.sql(sql);
    }

    /** Writing statements are commands, or become such; both are recognized by where their classes are. */
    private static boolean hasCommand(LogicalPlan plan) {
        if (plan instanceof org.apache.spark.sql.catalyst.plans.logical.Command
                || plan instanceof org.apache.spark.sql.catalyst.plans.logical.ParsedStatement) {
            return true;
        }
        return CollectionConverters.asJava(plan.children()).stream().anyMatch(ReadOnlySql::hasCommand);
    }

    private void view(String sql, String name) {
        spark.sql(sql).createOrReplaceTempView(name);
    }
}
