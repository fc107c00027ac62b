package org.offerstorm.lake.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.offerstorm.core.check.Failure;
import org.offerstorm.core.text.PlainText;
import org.offerstorm.lake.batch.WrongTable;
import org.offerstorm.lake.cli.LakeOptions.Lake;
import org.offerstorm.lake.serve.LakeView;
import org.offerstorm.lake.serve.ReadOnlySql;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code offerstorm lake sql}. */
@Command(
        name = "sql",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Answers a query in Spark's SQL over offers_history, offers_current and counts, with tabs between the columns."
                        + " Writes nothing.",
        footer = {
            "",
            "Exit codes: 0 fine, 2 usage or a mistake in the query, 3 HDFS cannot be reached.",
            "",
            "Examples:",
            "  offerstorm lake sql \"SELECT company, count(*) FROM offers_current WHERE is_current GROUP BY 1 ORDER BY 2"
                    + " DESC\""
        })
public final class SqlCommand implements Callable<Integer> {
    @Parameters(paramLabel = "QUERY", description = "The query.")
    private String query;

    @Option(
            names = "--rows",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Show at most so many rows. Default: ${DEFAULT-VALUE}.")
    private int rows;

    @Mixin
    private LakeOptions options;

    @Override
    public Integer call() {
        if (rows < 1) {
            throw Failure.usage("--rows must be at least 1");
        }
        return options.with(this::answer);
    }

    private int answer(Lake lake) throws WrongTable {
        LakeView view = new LakeView(lake.session().spark(), lake.tables());
        try {
            Dataset<Row> answer = new ReadOnlySql(lake.session().spark(), view).query(query);
            lake.out().println(String.join("\t", answer.columns()));
            List<Row> shown = answer.takeAsList(rows + 1);
            for (Row row : shown.subList(0, Math.min(rows, shown.size()))) {
                StringBuilder line = new StringBuilder();
                for (int i = 0; i < row.length(); i++) {
                    line.append(i == 0 ? "" : "\t").append(PlainText.of(String.valueOf(row.get(i))));
                }
                lake.out().println(line);
            }
            if (shown.size() > rows) {
                lake.out().println("… more; --rows shows them");
            }
        } catch (IllegalArgumentException e) {
            throw Failure.usage(e.getMessage());
        } catch (Exception e) {
            if (e instanceof AnalysisException) {
                throw Failure.usage(e.getMessage());
            }
            throw e;
        }
        lake.out().flush();
        return 0;
    }
}
