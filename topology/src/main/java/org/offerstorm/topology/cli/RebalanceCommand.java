package org.offerstorm.topology.cli;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.offerstorm.core.check.Failure;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.tools.cli.Audited;
import org.offerstorm.topology.operate.Rebalance;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code rebalance}: redistributes a running topology. */
@Command(
        name = "rebalance",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Spreads a running topology over a different number of workers, or takes threads from a component, and waits until"
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
public final class RebalanceCommand implements Callable<Integer>, Audited {
    @Option(names = "--workers", paramLabel = "N", description = "Worker processes. Default: as many as now.")
    private Integer workers;

    @Option(
            names = "-e",
            paramLabel = "COMPONENT=N",
            description = "Executors (threads) of a component, at most its tasks; may be repeated.")
    private Map<String, Integer> executors = new TreeMap<>();

    @Option(
            names = "--pause",
            paramLabel = "TIME",
            defaultValue = "5s",
            description = "How long reading stops before the workers end, for chunks in flight to finish; those that do"
                    + " not are read again. Default: ${DEFAULT-VALUE}.")
    private Duration pause;

    @Option(
            names = "--wait",
            paramLabel = "TIME",
            defaultValue = "120s",
            description = "Limit for the workers to come up again, such as 90s, 5min or 2h. Default: ${DEFAULT-VALUE}.")
    private Duration wait;

    @Mixin
    private TopologyOptions options;

    @Override
    public Integer call() {
        if (workers != null && workers < 1) {
            throw Failure.usage("--workers is " + workers + "; write 1 or more");
        }
        if (workers == null && executors.isEmpty()) {
            throw Failure.usage("say what should change: --workers N, or -e COMPONENT=N");
        }
        OfferstormConfig config = options.load();
        new Rebalance(config, options.lines())
                .run(options.name(config), workers == null ? 0 : workers, pause, executors, wait);
        return 0;
    }
}
