package org.offerstorm.tools.cli;

import java.util.List;
import picocli.CommandLine;

/** The commands that need no Storm. */
public final class ToolCommands {
    /** In the order of the help. */
    public static final List<Class<?>> ALL = List.of(
            SetupCommand.class,
            DoctorCommand.class,
            InspectCommand.class,
            ProduceCommand.class,
            CountsCommand.class,
            VerifyCommand.class,
            TraceCommand.class,
            DlqCommand.class,
            ConfigCommand.class,
            ClassifyCommand.class,
            GenerateCommand.class);

    private ToolCommands() {}

    /** The command line of these. */
    public static CommandLine commandLine() {
        return RootCommand.of(ALL);
    }
}
