package org.offerstorm.topology.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.tools.cli.value.TextOrJson;
import org.offerstorm.topology.operate.Operations;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code status}: how the topology on the cluster does. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Shows the state of a topology: its workers, how far each partition is durable, what each sink wrote.",
            "'durable to' is committed once a second. All other figures are the workers' own, of this moment; they count"
                    + " from the start of each worker. Lines with '!' name holds, and servers and workers that do not answer."
        },
        footer = {"", "Exit codes: 0 fine, 1 no such topology, 2 usage, 3 Nimbus does not answer."})
public final class StatusCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text or json. Default: ${DEFAULT-VALUE}.")
    private TextOrJson format;

    @Mixin
    private TopologyOptions options;

    @Override
    public Integer call() {
        OfferstormConfig config = options.load();
        PrintWriter out = spec.commandLine().getOut();
        out.print(Operations.status(config, options.name(config), format == TextOrJson.JSON));
        out.flush();
        return 0;
    }
}
