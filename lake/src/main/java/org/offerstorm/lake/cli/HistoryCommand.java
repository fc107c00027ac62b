package org.offerstorm.lake.cli;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.sql.Row;
import org.offerstorm.core.check.Failure;
import org.offerstorm.core.text.PlainText;
import org.offerstorm.lake.batch.WrongTable;
import org.offerstorm.lake.cli.LakeOptions.Lake;
import org.offerstorm.lake.serve.LakeView;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code offerstorm lake history ID}. */
@Command(
        name = "history",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Shows the versions of one offer, the oldest first.",
        footer = {"", "Exit codes: 0 fine, 1 there is no such offer, 2 usage, 3 HDFS cannot be reached."})
public final class HistoryCommand implements Callable<Integer> {
    private static final long EPOCH_BITS = 48;
    private static final long OFFSETS = (1L << EPOCH_BITS) - 1;

    @Parameters(paramLabel = "ID", description = "Id of the offer.")
    private String id;

    @Mixin
    private LakeOptions options;

    @Override
    public Integer call() {
        return options.with(this::show);
    }

    private int show(Lake lake) throws WrongTable {
        List<Row> versions = new LakeView(lake.session().spark(), lake.tables()).versions(id);
        if (versions.isEmpty()) {
            throw Failure.difference("the lake has no offer '" + PlainText.excerpt(id) + "'");
        }
        for (Row row : versions) {
            long version = row.getLong(row.fieldIndex("version"));
            boolean deleted = row.getString(row.fieldIndex("op")).equals("D");
            Object end = row.get(row.fieldIndex("valid_to"));
            lake.out()
                    .println(time(row, "valid_from") + " to " + (end == null ? "now" : time(row, "valid_to")) + "  "
                            + (deleted
                                    ? "deleted"
                                    : text(row, "category") + " " + text(row, "continent") + "  " + text(row, "name"))
                            + "  (epoch " + (version >> EPOCH_BITS) + ", partition "
                            + row.getInt(row.fieldIndex("partition"))
                            + ", offset " + (version & OFFSETS) + ")");
        }
        lake.out().flush();
        return 0;
    }

    private static String time(Row row, String column) {
        return Instant.ofEpochMilli(row.getTimestamp(row.fieldIndex(column)).getTime())
                .toString();
    }

    private static String text(Row row, String column) {
        return PlainText.excerpt(String.valueOf(row.getString(row.fieldIndex(column))));
    }
}
