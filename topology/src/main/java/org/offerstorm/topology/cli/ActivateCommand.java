package org.offerstorm.topology.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.topology.operate.Operations;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code activate}: lets a deactivated topology read on. */
@Command(
        name = "activate",
        mixinStandardHelpOptions = true,
        description = "Lets a deactivated topology read on.",
        footer = {"", "Exit codes: 0 fine, 2 no such topology, 3 Nimbus does not answer."})
public final class ActivateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "NAME",
            description = "The topology. Default: topology.name of the configuration.")
    private String name;

    @Mixin
    private ConfigOptions options;

    @Override
    public Integer call() {
        OfferstormConfig config = options.load();
        String topology = name == null ? config.topology().name() : name;
        Operations.activate(config, topology);
        PrintWriter out = spec.commandLine().getOut();
        out.println(topology + " reads again");
        out.flush();
        return 0;
    }
}
