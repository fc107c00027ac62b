package org.offerstorm.topology.cli;

import java.util.concurrent.Callable;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.tools.cli.Audited;
import org.offerstorm.topology.operate.Operations;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code deactivate}: stops reading; what is in flight becomes durable and the HDFS files are finished. The workers stay. */
@Command(
        name = "deactivate",
        mixinStandardHelpOptions = true,
        description =
                "Stops reading; what is in flight becomes durable and the HDFS files are finished. The workers stay.",
        footer = {"", "Exit codes: 0 fine, 2 no such topology, 3 Nimbus does not answer."})
public final class DeactivateCommand implements Callable<Integer>, Audited {
    @Mixin
    private TopologyOptions options;

    @Override
    public Integer call() {
        OfferstormConfig config = options.load();
        String topology = options.name(config);
        Operations.deactivate(config, topology);
        options.lines().accept(topology + " reads nothing new");
        return 0;
    }
}
