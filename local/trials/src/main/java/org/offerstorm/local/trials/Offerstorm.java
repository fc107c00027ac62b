package org.offerstorm.local.trials;

import java.util.ArrayList;
import java.util.List;
import org.offerstorm.dashboard.cli.AlertsCommand;
import org.offerstorm.dashboard.cli.DashboardCommand;
import org.offerstorm.ingest.cli.IngestCommand;
import org.offerstorm.local.cluster.cli.ClusterCommand;
import org.offerstorm.local.demo.cli.DemoCommand;
import org.offerstorm.local.trials.cli.BenchCommand;
import org.offerstorm.local.trials.cli.ChaosCommand;
import org.offerstorm.local.trials.cli.IngestLoadCommand;
import org.offerstorm.local.trials.cli.LakeHintCommand;
import org.offerstorm.local.trials.cli.LoadCommand;
import org.offerstorm.local.trials.cli.SearchBenchCommand;
import org.offerstorm.tools.cli.Console;
import org.offerstorm.tools.cli.RootCommand;
import org.offerstorm.tools.terminal.ConsoleLog;
import org.offerstorm.topology.cli.TopologyCommands;

/** What the launcher {@code offerstorm} starts: everything that runs against servers, and what brings them. */
public final class Offerstorm {
    private static final List<Class<?>> LOCAL = List.of(
            DemoCommand.class,
            ClusterCommand.class,
            ChaosCommand.class,
            DashboardCommand.class,
            IngestCommand.class,
            AlertsCommand.class,
            LakeHintCommand.class,
            LoadCommand.class,
            IngestLoadCommand.class,
            SearchBenchCommand.class,
            BenchCommand.class);

    private Offerstorm() {}

    public static void main(String[] args) {
        ConsoleLog.errors();
        System.exit(Console.execute(RootCommand.of(commands()), args));
    }

    /** All commands, in the order of the help. */
    static List<Class<?>> commands() {
        List<Class<?>> commands = new ArrayList<>(TopologyCommands.ALL);
        commands.addAll(LOCAL);
        return List.copyOf(commands);
    }
}
