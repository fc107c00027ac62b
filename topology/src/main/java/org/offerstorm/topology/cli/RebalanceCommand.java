package org.offerstorm.topology.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.topology.Failure;
import org.offerstorm.topology.operate.Rebalance;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rebalance}: spreads a running topology anew. */
@Command(
        name = "rebalance",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Spreads a running topology over another number of workers, or takes threads from a component, and waits until"
                    + " its workers are up again.",
            "The numbers of tasks cannot change: partitions and files belong to spout tasks by their number. For that: kill"
                    + " --drain, and submit with other topology.*-tasks."
        },
        footer = {
            "",
            "Exit codes: 0 fine, 1 the workers do not come up, 2 usage, 3 Nimbus or Kafka does not answer, no free slot.",
            "",
            "Examples:",
            "  offerstorm rebalance offerstorm --workers 2",
            "  offerstorm rebalance offerstorm -e parse=1 -e continent=1"
        })
public final class RebalanceCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "NAME",
            description = "The topology. Default: topology.name of the configuration.")
    private String name;

    @Option(names = "--workers", paramLabel = "N", description = "Worker processes. Default: as many as now.")
    private int workers;

    @Option(
            names = "-e",
            paramLabel = "COMPONENT=N",
            description = "Executors (threads) of a component, at most its tasks; may be repeated.")
    private Map<String, Integer> executors = new TreeMap<>();

    @Option(
            names = "--pause",
            paramLabel = "TIME",
            defaultValue = "5s",
            converter = Waits.class,
            description = "How long reading stops before the workers end, so that what is in flight gets through; what"
                    + " does not is read again. Default: ${DEFAULT-VALUE}.")
    private Duration pause;

    @Option(
            names = "--wait",
            paramLabel = "TIME",
            defaultValue = "120s",
            converter = Waits.class,
            description = "Limit for the workers to come up again. Default: ${DEFAULT-VALUE}.")
    private Duration wait;

    @Mixin
    private ConfigOptions options;

    @Override
    public Integer call() {
        if (workers < 0) {
            throw Failure.usage("--workers is " + workers + "; write 1 or more");
        }
        if (workers == 0 && executors.isEmpty()) {
            throw Failure.usage("say what shall change: --workers N, or -e COMPONENT=N");
        }
        OfferstormConfig config = options.load();
        PrintWriter out = spec.commandLine().getOut();
        new Rebalance(config, line -> {
                    out.println(line);
                    out.flush();
                })
                .run(name == null ? config.topology().name() : name, workers, pause, executors, wait);
        return 0;
    }
}
