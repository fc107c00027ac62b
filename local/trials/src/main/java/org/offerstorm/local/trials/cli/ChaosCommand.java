package org.offerstorm.local.trials.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.offerstorm.core.check.Failure;
import org.offerstorm.local.cluster.ClusterControl;
import org.offerstorm.local.cluster.cli.InProcessCommands;
import org.offerstorm.local.trials.chaos.ChaosOptions;
import org.offerstorm.local.trials.chaos.ChaosRun;
import org.offerstorm.local.trials.chaos.FaultPlan;
import org.offerstorm.local.trials.chaos.Faults;
import org.offerstorm.local.trials.chaos.ReportText;
import org.offerstorm.local.trials.chaos.site.Fault;
import org.offerstorm.tools.cli.value.Rate;
import org.offerstorm.tools.report.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code offerstorm chaos}: whether everything stays exact while things go wrong. */
@Command(
        name = "chaos",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Starts a whole new cluster, loads it, injects faults from a seeded plan one after the other, heals each, waits"
                    + " until every sink is fresh again, and at the end runs 'verify'. Then it takes everything down.",
            "The load: new offers 70 %%, corrections 20 %%, deletions 5 %%, bad records 5 %%."
        },
        footer = {
            "",
            "Exit codes: 0 all stores are exact, every sink became fresh again, no worker ended without a fault, no count"
                    + " was ever out of bounds, Kafka lost nothing; 1 one of these does not hold; 2 usage; 3 the cluster could not be brought up; 129, 130,"
                    + " 143, 141 ended early, by a closed terminal, Ctrl-C, kill, a closed pipe.",
            "docs/chaos.md explains the table.",
            "",
            "Examples:",
            "  offerstorm chaos --seed 7 --minutes 10",
            "  offerstorm chaos --faults worker-kill,redis-kill --minutes 3"
        })
public final class ChaosCommand implements Callable<Integer> {
    private static final double LEAST_MINUTES = 0.1;
    private static final int MOST_MINUTES = 24 * 60;
    private static final int MOST_RATE = 100_000;

    /** Formats as they are typed. */
    @SuppressWarnings("JavaCase") // shown to users as they are
    enum Format {
        text,
        json
    }

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Seed of the plan and of the load. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--minutes",
            paramLabel = "N",
            defaultValue = "10",
            description = "Length of the plan; bringing the cluster up and 'verify' take about two more. Default:"
                    + " ${DEFAULT-VALUE}.")
    private double minutes;

    @Option(
            names = "--faults",
            paramLabel = "NAME",
            split = ",",
            description =
                    "Only these faults, separated by commas; --minutes must have time for each of them once. Default:"
                            + " all, as far as time permits.")
    private List<String> names = new ArrayList<>();

    @Option(names = "--list", description = "Only explain each fault.")
    private boolean list;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Records a second. Default: ${DEFAULT-VALUE}.")
    private Rate rate;

    @Option(
            names = "--mapped",
            description =
                    "Send the load in another shape (nested, with other names, numbers as text, further fields), of"
                            + " which a mapping makes offers.")
    private boolean mapped;

    @Option(
            names = "--lake",
            description =
                    "With a lake: two faults more, and at the end 'lake run' and 'lake verify' must find all equal.")
    private boolean lake;

    @Option(names = "--secure", description = "Over closed wires, as of 'cluster up --secure'.")
    private boolean secure;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "Directory of the cluster; emptied first. Default: .offerstorm/chaos next to this program.")
    private Path directory;

    @Option(
            names = "--keep",
            description = "Keep the cluster's data and logs. They are kept anyway when something differs.")
    private boolean keep;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "${COMPLETION-CANDIDATES}; with json, progress goes to standard error. Default:"
                    + " ${DEFAULT-VALUE}.")
    private Format format;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        if (list) {
            out.print(Faults.explain(Faults.chosen(names)));
            out.flush();
            return 0;
        }
        Map<String, Supplier<Fault>> faults = Faults.chosen(names, lake, secure);
        if (!(minutes >= LEAST_MINUTES && minutes <= MOST_MINUTES)) {
            throw Failure.usage("--minutes is " + minutes + "; it must be " + LEAST_MINUTES + " to " + MOST_MINUTES);
        }
        if (rate.rounded() < 1 || rate.rounded() > MOST_RATE) {
            throw Failure.usage("--rate is " + rate + "; it must be 1 to " + MOST_RATE);
        }
        ChaosOptions options = new ChaosOptions(
                seed,
                Duration.ofSeconds(Math.round(minutes * 60)),
                faults,
                rate.rounded(),
                mapped,
                lake,
                secure,
                directory(),
                keep);
        FaultPlan plan = options.plan();
        if (!names.isEmpty()) {
            checkTime(options, plan.without(faults.keySet()));
        }
        ClusterControl.claim(options.directory());
        PrintWriter progress = format == Format.json ? spec.commandLine().getErr() : out;
        progress.println(ChaosRun.describe(options, plan));
        progress.flush();
        ChaosRun.Ending ending = new ChaosRun(options, plan, new InProcessCommands(), progress).run();
        if (ending.report() != null) {
            out.print(format == Format.json ? Json.of(ending.report()) : "\n" + ReportText.summary(ending.report()));
            out.flush();
        }
        return ending.code();
    }

    /** What was asked for by name is injected, or nothing is. */
    private void checkTime(ChaosOptions options, List<String> missing) {
        if (!missing.isEmpty()) {
            throw Failure.usage(String.format(
                    Locale.ROOT,
                    "--minutes %s leaves no time for %s; all of --faults fit into %.1f",
                    minutes,
                    String.join(", ", missing),
                    Math.ceil(options.lengthForAll().toSeconds() / 6.0) / 10));
        }
    }

    private Path directory() {
        Path path = directory == null
                ? Path.of(System.getProperty("offerstorm.home", "")).resolve(".offerstorm/chaos")
                : directory;
        return path.toAbsolutePath().normalize();
    }
}
