package org.offerstorm.topology.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.offerstorm.tools.cli.ConfigOptions;
import org.offerstorm.topology.operate.Plan;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code plan}: what {@code submit} would put on a cluster. */
@Command(
        name = "plan",
        mixinStandardHelpOptions = true,
        description = {
            "Shows what 'submit' would put on a cluster: components, tasks, workers, memory, what each sink guarantees, and"
                    + " the configuration in effect. Connects to nothing.",
            "Refuses everything that 'submit' refuses without asking a server."
        },
        footer = {
            "",
            "Exit codes: 0 fine, 2 the configuration has problems.",
            "",
            "Example:",
            "  offerstorm plan --config my.yaml -c topology.workers=2"
        })
public final class PlanCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ConfigOptions options;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        out.print(new Plan(options.resolve()).text());
        out.flush();
        return 0;
    }
}
