package org.offerstorm.local;

import java.io.PrintWriter;
import java.nio.charset.Charset;
import org.offerstorm.local.dashboard.DashboardCommand;
import org.offerstorm.local.dashboard.LoadCommand;
import org.offerstorm.local.demo.DemoCommand;
import org.offerstorm.local.demo.Logs;
import org.offerstorm.topology.Main;

/** The command line on a laptop: everything that runs against servers, and the demo that brings them. */
public final class Offerstorm {
    private Offerstorm() {}

    public static void main(String[] args) {
        Logs.toConsole();
        // Taken now: the demo sends the process's own streams to a file, but its messages belong on the terminal.
        PrintWriter out = new PrintWriter(System.out, true, Charset.defaultCharset());
        PrintWriter err = new PrintWriter(System.err, true, Charset.defaultCharset());
        System.exit(Main.commandLine()
                .addSubcommand(new DemoCommand())
                .addSubcommand(new DashboardCommand())
                .addSubcommand(new LoadCommand())
                .setOut(out)
                .setErr(err)
                .execute(args));
    }
}
