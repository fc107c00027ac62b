package org.offerstorm.dashboard.cli;

import java.util.List;
import java.util.stream.Stream;
import org.offerstorm.tools.cli.Console;
import org.offerstorm.tools.cli.RootCommand;
import org.offerstorm.tools.terminal.ConsoleLog;
import picocli.CommandLine;

/** The class that {@code java -jar} starts: {@code offerstorm dashboard} as a program that needs no checkout. */
public final class DashboardMain {
    private static final String COMMAND = "dashboard";

    private DashboardMain() {}

    /** Takes the options of the command, without its name. */
    public static void main(String[] args) {
        ConsoleLog.errors();
        CommandLine line = RootCommand.of(List.of(DashboardCommand.class));
        // In help and messages it has the name that people type here.
        line.setCommandName("java -jar");
        line.getSubcommands().get(COMMAND).setCommandName("offerstorm-dashboard.jar");
        System.exit(Console.execute(
                line, Stream.concat(Stream.of(COMMAND), Stream.of(args)).toArray(String[]::new)));
    }
}
