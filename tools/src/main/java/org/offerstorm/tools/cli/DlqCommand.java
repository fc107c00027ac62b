package org.offerstorm.tools.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code offerstorm dlq}: the dead letters. */
@Command(
        name = "dlq",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {DlqListCommand.class, DlqShowCommand.class, DlqReplayCommand.class, DlqDropCommand.class},
        description = "Lists, shows, replays and drops dead letters: refused records, kept whole with the reason.",
        footer = {
            "",
            "POSITION is the position of the refused record in the topic: PARTITION@OFFSET.",
            "docs/dead-letters.md has the details.",
            "",
            "Examples:",
            "  offerstorm dlq ls --reason bad_json --since 2h",
            "  offerstorm dlq show 1@4",
            "  offerstorm dlq replay 1@4 --value repaired.json",
            "  offerstorm dlq drop --reason gap"
        })
public final class DlqCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do: ls, show, replay or drop");
    }
}
