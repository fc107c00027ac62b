package org.offerstorm.lake.cli;

import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.offerstorm.core.check.Failure;
import org.offerstorm.lake.batch.WrongTable;
import org.offerstorm.lake.cli.LakeOptions.Lake;
import org.offerstorm.lake.serve.CountsAnswer;
import org.offerstorm.lake.serve.LakeView;
import org.offerstorm.tools.report.CountFormat;
import org.offerstorm.tools.report.CountTable;
import org.offerstorm.tools.report.TextTable;
import org.offerstorm.tools.terminal.Terminals;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code offerstorm counts --at} and {@code --from batch|merged}: the table, answered by the lake. */
@Command(
        name = "counts",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Prints the table category × continent as the lake has it.",
        footer = {
            "",
            "Exit codes: 0 fine, 2 usage, 3 HDFS cannot be reached, or there is no lake yet.",
            "",
            "Examples:",
            "  offerstorm counts --at 2026-11-01T00:00:00Z",
            "  offerstorm counts --from merged"
        })
public final class LakeCountsCommand implements Callable<Integer> {
    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text, csv, json or md. Default: ${DEFAULT-VALUE}.")
    private CountFormat format;

    @Option(
            names = "--from",
            paramLabel = "LAYER",
            defaultValue = "batch",
            description =
                    "batch: the lake's table; merged: moved by what is staged after it. Default: ${DEFAULT-VALUE}.")
    private Layer from;

    @Option(
            names = "--at",
            paramLabel = "TIME",
            description = "Count the offers that were live at this time, by the timestamps of their records, such as"
                    + " 2026-11-01, 2026-11-01T09:30:00Z or 2h (ago).")
    private Instant at;

    @Mixin
    private LakeOptions options;

    @Spec
    private CommandSpec spec;

    /** Who answers. */
    enum Layer {
        BATCH,
        MERGED
    }

    @Override
    public Integer call() {
        if (at != null && from == Layer.MERGED) {
            throw Failure.usage("--at asks the history, which is a part of the batch; leave --from merged out");
        }
        return options.with(this::show);
    }

    private int show(Lake lake) throws IOException, WrongTable {
        LakeView view = new LakeView(lake.session().spark(), lake.tables());
        CountsAnswer answer =
                at != null ? view.at(at) : from == Layer.MERGED ? view.merged(lake.staging()) : view.batch();
        lake.out().print(format.write(CountTable.of(answer.counts()), Terminals.width(TextTable.UNLIMITED)));
        lake.out().flush();
        spec.commandLine().getErr().println("counted by the lake, up to " + answer.offsets());
        return 0;
    }
}
