package org.offerstorm.local.trials.bench;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.offerstorm.core.check.Failure;
import org.offerstorm.local.cluster.cli.ClusterCommand;
import org.offerstorm.topology.cli.TopologyCommands;

/** Runs our own commands in this process, as a user would type them, silently. */
final class Commands {
    /**
     * Runs one.
     *
     * @throws Failure with all it said, if it fails
     */
    void run(String command, List<String> arguments) {
        List<String> words = new ArrayList<>(List.of(command.split(" ", -1)));
        words.addAll(arguments);
        StringWriter said = new StringWriter();
        PrintWriter writer = new PrintWriter(said);
        int code = TopologyCommands.commandLine()
                .addSubcommand(new ClusterCommand())
                .setOut(writer)
                .setErr(writer)
                .execute(words.toArray(String[]::new));
        writer.flush();
        if (code != 0) {
            throw Failure.unreachable(
                    "'offerstorm " + String.join(" ", words) + "' ended with exit code " + code + ":\n" + said, null);
        }
    }
}
