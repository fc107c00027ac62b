package org.offerstorm.topology.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.offerstorm.core.check.Failure;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.tools.cli.value.TextOrJson;
import org.offerstorm.tools.terminal.Signals;
import org.offerstorm.tools.terminal.StopRequest;
import org.offerstorm.topology.operate.Operations;
import picocli.CommandLine.ArgGroup;
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
        footer = {
            "",
            "Exit codes: 0 fine, 1 no such topology, 2 usage, 3 Nimbus does not answer, or FILE cannot be written.",
            "",
            "Examples:",
            "  ${COMMAND-FULL-NAME} --format json",
            "  ${COMMAND-FULL-NAME} --targets targets/offerstorm.json --every 30s"
        })
public final class StatusCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text or json. Default: ${DEFAULT-VALUE}.")
    private TextOrJson format;

    @ArgGroup(exclusive = false)
    private TargetsOptions targets;

    @Mixin
    private TopologyOptions options;

    @Override
    public Integer call() {
        OfferstormConfig config = options.load();
        if (targets != null) {
            return write(config, options.name(config));
        }
        PrintWriter out = spec.commandLine().getOut();
        out.print(Operations.status(config, options.name(config), format == TextOrJson.JSON));
        out.flush();
        return 0;
    }

    private int write(OfferstormConfig config, String name) {
        Duration every = targets.every();
        TargetsRefresh refresh = new TargetsRefresh(
                targets.file(), targets.further(), () -> Operations.targets(config, name), options.lines());
        if (every == null) {
            refresh.once(() -> {
                throw Failure.difference(
                        "no topology '" + name + "' runs on the cluster; " + targets.file() + " is left as it is");
            });
            return 0;
        }
        StopRequest stop = new StopRequest();
        try (Signals.Taken signals = Signals.onStop(stop::request)) {
            refresh.keep(every, stop);
        }
        return 0;
    }
}
