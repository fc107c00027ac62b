package org.offerstorm.local.trials.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.offerstorm.core.check.Failure;
import org.offerstorm.tools.report.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code offerstorm bench}. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Measures the pipeline on this machine and says what bounds it: starts a cluster of its own, fills the topic with"
                    + " made-up offers, then runs the topology and, taking turns with it, a plain consumer loop with the"
                    + " same parser, classifier and sinks: the practical limit. With all sinks, each sink alone too.",
            "With --rate it sends offers at that rate in place of that, and measures how long each takes until it is"
                    + " durable in each sink, from the moment at which it was due."
        },
        footer = {
            "",
            "docs/performance.md explains the figures. Other programs on the machine spoil them.",
            "",
            "Exit codes: 0 measured; 2 usage; 3 the cluster could not be brought up, or something stood still.",
            "",
            "Examples:",
            "  offerstorm bench",
            "  offerstorm bench --sinks redis,hdfs --offers 3000000",
            "  offerstorm bench --offers 12000000 --rounds 1 --no-loop -c topology.sink-tasks=2",
            "  offerstorm bench --rate 1000"
        })
public final class BenchCommand implements Callable<Integer> {
    private static final long MILLION = 1_000_000;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--offers",
            paramLabel = "N",
            description = "Records of a run. Default: 1 million; with few sinks more, so that a run takes some seconds:"
                    + " 3 million with redis,hdfs, 10 million with none.")
    private Long offers;

    @Option(
            names = "--sinks",
            paramLabel = "NAMES",
            defaultValue = "all",
            description = "none, all, or some of hdfs, solr, redis, separated by commas. Default: ${DEFAULT-VALUE}.")
    private String sinks;

    @Option(
            names = "--workers",
            paramLabel = "N",
            defaultValue = "1",
            description = "Worker processes, 1 to 4; with two and more, chunks are serialized on their way. Default:"
                    + " ${DEFAULT-VALUE}.")
    private int workers;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "3",
            description = "Runs of each contender, taking turns; the middle one is told. Default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(names = "--no-loop", description = "The topology alone, without the plain loops: for long runs.")
    private boolean noLoop;

    @Option(names = "--rate", paramLabel = "N", description = "Offers a second: measure latency, not the highest rate.")
    private Integer rate;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "60",
            description = "With --rate: how long. Default: ${DEFAULT-VALUE}.")
    private int seconds;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "-c",
            paramLabel = "KEY=VALUE",
            description = "A setting of the topology, such as topology.parse-tasks=2; may be repeated.")
    private List<String> settings = new ArrayList<>();

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description =
                    "Directory of the cluster, made anew, and deleted at the end unless something failed. Default:"
                            + " .offerstorm/bench beside this program.")
    private Path directory;

    @Option(names = "--json", description = "The figures as JSON; progress goes to standard error.")
    private boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        check();
        Commands commands = new Commands();
        PrintWriter progress =
                json ? spec.commandLine().getErr() : spec.commandLine().getOut();
        try (BenchCluster cluster = BenchCluster.up(directory(), commands, progress)) {
            Object report = rate == null ? fast(cluster, commands, progress) : steady(cluster, commands, progress);
            print(report);
            cluster.forget();
        }
        return 0;
    }

    private BenchReport fast(BenchCluster cluster, Commands commands, PrintWriter progress)
            throws IOException, InterruptedException {
        long total = offers == null ? usual() : offers;
        Lineup lineup = new Lineup(cluster, commands, sinks, total, workers, settings);
        progress.println();
        say(progress, String.format("Filling the topic with %,d offers", total));
        long bytes = lineup.fill(seed, total);
        Trial trial = new Trial(cluster, total);
        Map<String, List<Measurement>> runs = new LinkedHashMap<>();
        for (int round = 1; round <= rounds; round++) {
            for (Contender contender : lineup.contenders(round, !noLoop)) {
                Measurement run = trial.run(contender);
                runs.computeIfAbsent(contender.name(), name -> new ArrayList<>())
                        .add(run);
                say(
                        progress,
                        String.format(
                                "round %d  %-14s %,10.0f offers/s, CPU-s per million: %.2f in the worker, %.2f in all",
                                round, contender.name(), run.offersPerSecond(), run.workerCpu(), run.totalCpu()));
            }
        }
        Map<String, Measurement> middle = new LinkedHashMap<>();
        runs.forEach((name, each) -> middle.put(name, BenchReport.middle(each)));
        return new BenchReport(sinks, total, bytes, workers, rounds, middle);
    }

    private SteadyReport steady(BenchCluster cluster, Commands commands, PrintWriter progress)
            throws IOException, InterruptedException {
        Lineup lineup = new Lineup(cluster, commands, sinks, (long) rate * seconds, workers, settings);
        say(progress, String.format("Sending %,d offers a second for %d s", rate, seconds));
        return new SteadyRun(cluster, lineup, sinks, rate, seconds, seed).run();
    }

    private void print(Object report) {
        PrintWriter out = spec.commandLine().getOut();
        out.print(
                json
                        ? Json.of(report)
                        : "\n" + (report instanceof BenchReport fast ? fast.text() : ((SteadyReport) report).text())
                                + "\n");
        out.flush();
    }

    private void check() throws IOException {
        if (!sinks.matches("none|all|(hdfs|solr|redis)(,(hdfs|solr|redis))*")) {
            throw Failure.usage("--sinks is '" + sinks + "'; it must be none, all, or some of hdfs, solr, redis");
        }
        within("--workers", workers, 1, 4);
        within("--rounds", rounds, 1, 99);
        within("--seconds", seconds, 10, 24 * 3600);
        if (rate != null) {
            within("--rate", rate, 100, 1_000_000);
            within("--rate times --seconds", (long) rate * seconds, 1, 100 * MILLION);
            if (noLoop || offers != null) {
                throw Failure.usage("--no-loop and --offers do not go with --rate, which sends for --seconds");
            }
        }
        if (offers != null) {
            within("--offers", offers, 100_000, 1_000 * MILLION);
        }
    }

    private static void within(String option, long value, long least, long most) {
        if (value < least || value > most) {
            throw Failure.usage(String.format("%s is %d; it must be %,d to %,d", option, value, least, most));
        }
    }

    /** So many that a run takes some seconds. */
    private long usual() {
        return switch (sinks) {
            case "none" -> 10 * MILLION;
            case "all" -> MILLION;
            default -> sinks.contains("solr") ? MILLION : 3 * MILLION;
        };
    }

    private Path directory() {
        Path path = directory == null
                ? Path.of(System.getProperty("offerstorm.home", "")).resolve(".offerstorm/bench")
                : directory;
        return path.toAbsolutePath().normalize();
    }

    private static void say(PrintWriter out, String line) {
        out.println(line);
        out.flush();
    }
}
