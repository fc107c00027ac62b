package org.offerstorm.local.cluster.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.offerstorm.local.cluster.CommandRunner;
import org.offerstorm.tools.cli.RootCommand;
import org.offerstorm.topology.cli.TopologyCommands;

/** The topology's commands and {@code cluster}, for programs that do what a user would type. */
public final class InProcessCommands implements CommandRunner {
    @Override
    public int run(PrintWriter out, PrintWriter err, List<String> words) {
        List<Class<?>> commands = new ArrayList<>(TopologyCommands.ALL);
        commands.add(ClusterCommand.class);
        return RootCommand.of(commands).setOut(out).setErr(err).execute(words.toArray(String[]::new));
    }
}
