package org.offerstorm.topology.cli;

import java.util.List;
import org.offerstorm.tools.cli.ClassifyCommand;
import org.offerstorm.tools.cli.ConfigCommand;
import org.offerstorm.tools.cli.CountsCommand;
import org.offerstorm.tools.cli.DlqCommand;
import org.offerstorm.tools.cli.DoctorCommand;
import org.offerstorm.tools.cli.GenerateCommand;
import org.offerstorm.tools.cli.InspectCommand;
import org.offerstorm.tools.cli.ProduceCommand;
import org.offerstorm.tools.cli.RootCommand;
import org.offerstorm.tools.cli.SetupCommand;
import org.offerstorm.tools.cli.TraceCommand;
import org.offerstorm.tools.cli.VerifyCommand;
import picocli.CommandLine;

/** The commands of the topology's jar: everything that needs no embedded server. */
public final class TopologyCommands {
    /** In the order of the help. */
    public static final List<Class<?>> ALL = List.of(
            SetupCommand.class,
            DoctorCommand.class,
            PlanCommand.class,
            SubmitCommand.class,
            StatusCommand.class,
            KillCommand.class,
            RebalanceCommand.class,
            ActivateCommand.class,
            DeactivateCommand.class,
            InspectCommand.class,
            ProduceCommand.class,
            CountsCommand.class,
            VerifyCommand.class,
            TraceCommand.class,
            DlqCommand.class,
            ConfigCommand.class,
            ClassifyCommand.class,
            GenerateCommand.class,
            CommandLine.HelpCommand.class);

    private TopologyCommands() {}

    /** The command line of these. */
    public static CommandLine commandLine() {
        return RootCommand.of(ALL);
    }
}
