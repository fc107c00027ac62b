package org.offerstorm.local;

import org.offerstorm.local.chaos.ChaosCommand;
import org.offerstorm.local.cluster.ClusterCommand;
import org.offerstorm.local.dashboard.DashboardCommand;
import org.offerstorm.local.dashboard.LoadCommand;
import org.offerstorm.local.demo.DemoCommand;
import org.offerstorm.local.demo.Logs;
import org.offerstorm.local.search.SearchBenchCommand;
import org.offerstorm.topology.Main;
import org.offerstorm.topology.cli.Console;

/** The command line on a laptop: everything that runs against servers, and the demo that brings them. */
public final class Offerstorm {
    private Offerstorm() {}

    public static void main(String[] args) {
        Logs.toConsole();
        System.exit(Console.execute(
                Main.commandLine()
                        .addSubcommand(new DemoCommand())
                        .addSubcommand(new ClusterCommand())
                        .addSubcommand(new ChaosCommand())
                        .addSubcommand(new DashboardCommand())
                        .addSubcommand(new LoadCommand())
                        .addSubcommand(new SearchBenchCommand()),
                args));
    }
}
