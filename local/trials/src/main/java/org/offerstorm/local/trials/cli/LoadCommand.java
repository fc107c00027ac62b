package org.offerstorm.local.trials.cli;

import java.util.concurrent.Callable;
import org.offerstorm.core.check.Failure;
import org.offerstorm.local.trials.dashboard.DashboardLoad;
import org.offerstorm.tools.cli.ConfigOptions;
import org.offerstorm.tools.cli.value.Rate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code offerstorm dashboard-load}: what the dashboard takes, measured. */
@Command(
        name = "dashboard-load",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Measures the dashboard: starts a Redis and a dashboard with " + DashboardLoad.HEAP
                + " in a separate process, writes offers as the topology does, and lets viewers listen, some of whom never"
                + " read. Then writes single offers and measures how long each takes to reach a viewer.",
        footer = {
            "",
            "Exit codes: 0 within the bounds, 1 beyond them (100 updates in ten seconds, 200 MB), 3 cannot start."
        })
public final class LoadCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--viewers", paramLabel = "N", defaultValue = "200", description = "Default: ${DEFAULT-VALUE}.")
    private int viewerCount;

    @Option(
            names = "--slow",
            paramLabel = "N",
            defaultValue = "20",
            description = "Further viewers that never read. Default: ${DEFAULT-VALUE}.")
    private int slowCount;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "10000",
            description = "Offers a second. Default: ${DEFAULT-VALUE}.")
    private Rate rate;

    @Option(names = "--seconds", paramLabel = "N", defaultValue = "40", description = "Default: ${DEFAULT-VALUE}.")
    private int seconds;

    @Option(
            names = "--single",
            paramLabel = "N",
            defaultValue = "100",
            description = "Single offers. Default: ${DEFAULT-VALUE}.")
    private int singles;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description =
                    "Address of a dashboard that runs over a whole pipeline. The command then starts nothing, but measures how"
                            + " long single offers take from Kafka to it, and deletes them afterwards. Needs a stream without"
                            + " other offers, and the configuration or -c source.bootstrap-servers=HOST:PORT.")
    private String url;

    @Mixin
    private ConfigOptions options;

    @Override
    public Integer call() throws Exception {
        DashboardLoad load = new DashboardLoad(spec.commandLine().getOut());
        if (url != null) {
            load.measurePipeline(options.load().source(), url, singles);
            return 0;
        }
        return load.measure(viewerCount, slowCount, rate.rounded(), seconds, singles) ? 0 : Failure.DIFFERENCE;
    }
}
