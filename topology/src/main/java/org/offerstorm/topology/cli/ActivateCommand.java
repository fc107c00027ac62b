package org.offerstorm.topology.cli;

import java.util.concurrent.Callable;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.tools.cli.Audited;
import org.offerstorm.topology.operate.Operations;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code activate}: lets a deactivated topology read on. */
@Command(
        name = "activate",
        mixinStandardHelpOptions = true,
        description = "Resumes a deactivated topology.",
        footer = {"", "Exit codes: 0 fine, 2 no such topology, 3 Nimbus does not answer."})
public final class ActivateCommand implements Callable<Integer>, Audited {
    @Mixin
    private TopologyOptions options;

    @Override
    public Integer call() {
        OfferstormConfig config = options.load();
        String topology = options.name(config);
        Operations.activate(config, topology);
        options.lines().accept(topology + " reads again");
        return 0;
    }
}
