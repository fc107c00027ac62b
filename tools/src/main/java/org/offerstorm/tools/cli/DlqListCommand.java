package org.offerstorm.tools.cli;

import java.io.PrintWriter;
import java.util.Set;
import java.util.concurrent.Callable;
import org.offerstorm.tools.deadletters.LetterList;
import org.offerstorm.tools.deadletters.LetterSelection;
import org.offerstorm.tools.deadletters.ListFormat;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code offerstorm dlq ls}. */
@Command(
        name = "ls",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Lists the dead letters: where the record was, when it was refused, by which stage and why, its size and key.",
            "Lists each record once, even if its letter was written several times, and none that was dropped or replayed."
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:fine, also if there are none", "2:bad usage", "3:Kafka or the topic cannot be reached"})
public final class DlqListCommand implements Callable<Integer> {
    private static final int SHOWN = 100;

    @Spec
    private CommandSpec spec;

    @Mixin
    private LetterFilters filters;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "List only the newest N; 0 lists all, in the order of the topic. Default: " + SHOWN
                    + " in text, else 0.")
    private Integer limit;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text, json or csv. Default: ${DEFAULT-VALUE}.")
    private ListFormat format;

    @Mixin
    private ConfigOptions config;

    @Override
    public Integer call() {
        if (limit != null && limit < 0) {
            throw new ParameterException(spec.commandLine(), "--limit is " + limit + "; it must not be negative");
        }
        int rows = limit != null ? limit : format == ListFormat.TEXT ? SHOWN : 0;
        PrintWriter out = spec.commandLine().getOut();
        LetterSelection selection = filters.selection(spec, Set.of());
        var resolved = config.load();
        return Dlq.run(() -> {
            new LetterList(resolved).write(selection, rows, format, out);
            out.flush();
            return 0;
        });
    }
}
