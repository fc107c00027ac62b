package org.offerstorm.topology.cli;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.tools.cli.Audited;
import org.offerstorm.topology.operate.Kill;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code kill}: ends a topology, and with {@code --drain} finishes first what is in flight. */
@Command(
        name = "kill",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Ends a topology and waits until it and its workers are gone.",
            "With --drain: reading stops first, what is in flight becomes durable, the HDFS files are finished, the floors"
                    + " are committed. If this takes longer than --wait, because a sink cannot be reached, the topology"
                    + " is activated again and not killed.",
            "Without: at once. Nothing is lost: what was in flight is read again at the next start."
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:it is gone",
            "1:it could not be drained in time, or does not end",
            "2:bad usage; no such topology",
            "3:Nimbus, Kafka or HDFS does not answer"
        })
public final class KillCommand implements Callable<Integer>, Audited {
    @Option(names = "--drain", description = "First finish what is in flight.")
    private boolean drain;

    @Option(
            names = "--wait",
            paramLabel = "TIME",
            defaultValue = "60s",
            description = "Limit for --drain, such as 90s, 5min or 2h. Default: ${DEFAULT-VALUE}.")
    private Duration wait;

    @Mixin
    private TopologyOptions options;

    @Override
    public Integer call() {
        OfferstormConfig config = options.load();
        new Kill(config, options.lines()).run(options.name(config), drain, wait);
        return 0;
    }
}
