package org.offerstorm.topology;

import org.offerstorm.tools.cli.Console;
import org.offerstorm.topology.cli.TopologyCommands;
import org.offerstorm.topology.operate.ClientLog;

/** The class that {@code storm jar} starts: every command that needs no embedded server. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        ClientLog.errorsOnly();
        System.exit(Console.execute(TopologyCommands.commandLine(), args));
    }
}
