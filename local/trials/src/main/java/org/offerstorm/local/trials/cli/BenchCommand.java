package org.offerstorm.local.trials.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.offerstorm.core.check.Failure;
import org.offerstorm.core.sink.SinkKind;
import org.offerstorm.core.text.PlainText;
import org.offerstorm.local.cluster.cli.InProcessCommands;
import org.offerstorm.local.trials.bench.Bench;
import org.offerstorm.local.trials.bench.BenchOptions;
import org.offerstorm.local.trials.bench.Neighbour;
import org.offerstorm.sinks.Sinks;
import org.offerstorm.tools.cli.Checked;
import org.offerstorm.tools.cli.value.Rate;
import org.offerstorm.tools.generate.Mix;
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
            "Measures the pipeline on this machine and says what bounds it: starts a new cluster, fills the topic with"
                    + " generated offers, then runs the topology and, in turns, the same work in Flink, in Kafka Streams"
                    + " and in a plain consumer loop, all with the same parser, classifier and sinks. With several sinks"
                    + " it also runs the loop with each sink alone.",
            "With --rate it sends offers at that rate instead, and measures how long each takes until it is durable in"
                    + " each sink, from the moment at which it was due."
        },
        footer = {
            "",
            "docs/performance.md explains the figures. Other programs on the machine distort them.",
            "",
            "Exit codes: 0 measured; 2 usage; 3 the cluster could not be brought up, or a run stalled.",
            "",
            "Examples:",
            "  offerstorm bench",
            "  offerstorm bench --sinks redis,hdfs --offers 3000000",
            "  offerstorm bench --sinks postgres",
            "  offerstorm bench --sinks none --bad 0 --beside flink,loop",
            "  offerstorm bench --offers 12000000 --rounds 1 --beside none -c topology.sink-tasks=2",
            "  offerstorm bench --rate 1000"
        })
public final class BenchCommand implements Callable<Integer>, Checked {
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
            description =
                    "none, all (hdfs,solr,redis), or some of hdfs, postgres, solr, redis, separated by commas. Default: ${DEFAULT-VALUE}.")
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
            description =
                    "Runs of each contender, taking turns; the middle one is reported. Default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(
            names = "--beside",
            paramLabel = "NAMES",
            description =
                    "What runs next to the topology: some of flink, streams and loop, separated by commas; or none,"
                            + " for long runs. Default: all. An engine whose libraries cannot be fetched is left out.")
    private String neighbourNames;

    @Option(names = "--no-loop", description = "The same as --beside none.")
    private boolean noLoop;

    @Option(names = "--rate", paramLabel = "N", description = "Offers a second: measure latency, not the highest rate.")
    private Rate rate;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "60",
            description = "With --rate: how long. Default: ${DEFAULT-VALUE}.")
    private int seconds;

    @Option(
            names = "--bad",
            paramLabel = "PERCENT",
            defaultValue = "1",
            description = "Bad records among the offers of the topic, 0 to 50. Default: ${DEFAULT-VALUE}.")
    private double bad;

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
                    "Directory of the cluster; emptied first, and deleted at the end unless something failed. Default:"
                            + " .offerstorm/bench next to this program.")
    private Path directory;

    @Option(names = "--json", description = "The figures as JSON; progress goes to standard error.")
    private boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        check();
        PrintWriter out = spec.commandLine().getOut();
        Bench bench = new Bench(
                new BenchOptions(
                        sinks, workers, seed, Mix.USUAL.withBad((int) Math.round(bad * 10)), settings, directory()),
                new InProcessCommands(),
                json ? spec.commandLine().getErr() : out,
                figures -> {
                    out.print(json ? Json.of(figures) : "\n" + figures.text() + "\n");
                    out.flush();
                });
        if (rate == null) {
            bench.highestRate(offers == null ? usual() : offers, rounds, home(), neighbours());
        } else {
            bench.latency(rate.rounded(), seconds);
        }
        return 0;
    }

    @Override
    public void check() throws IOException {
        List<String> names = Sinks.ALL.stream().map(SinkKind::name).toList();
        if (!sinks.equals("none") && !sinks.equals("all") && !names.containsAll(List.of(sinks.split(",", -1)))) {
            throw Failure.usage("--sinks is '" + PlainText.excerpt(sinks) + "'; it must be none, all, or some of "
                    + String.join(", ", names));
        }
        neighbours();
        if (!(bad >= 0 && bad <= 50)) {
            throw Failure.usage("--bad is " + bad + "; it must be 0 to 50 percent");
        }
        within("--workers", workers, 1, 4);
        within("--rounds", rounds, 1, 99);
        within("--seconds", seconds, 10, 24 * 3600);
        if (rate != null) {
            within("--rate", rate.rounded(), 100, 1_000_000);
            within("--rate times --seconds", (long) rate.rounded() * seconds, 1, 100 * MILLION);
            if (noLoop || neighbourNames != null || offers != null) {
                throw Failure.usage(
                        "--beside, --no-loop and --offers do not go with --rate, which sends for --seconds");
            }
        }
        if (offers != null) {
            within("--offers", offers, 100_000, 1_000 * MILLION);
        }
    }

    private static void within(String option, long value, long least, long most) {
        if (value < least || value > most) {
            throw Failure.usage(
                    String.format(Locale.ROOT, "%s is %d; it must be %,d to %,d", option, value, least, most));
        }
    }

    private List<Neighbour> neighbours() {
        if (!noLoop) {
            return Neighbour.parse(neighbourNames == null ? Neighbour.choices() : neighbourNames);
        }
        if (neighbourNames != null && !neighbourNames.equals(Neighbour.NONE)) {
            throw Failure.usage("--no-loop is the same as --beside none; leave one of the two out");
        }
        return List.of();
    }

    /** So many that a run takes some seconds. */
    private long usual() {
        return switch (sinks) {
            case "none" -> 10 * MILLION;
            case "all" -> MILLION;
            default -> sinks.contains("solr") ? MILLION : 3 * MILLION;
        };
    }

    private static Path home() {
        return Path.of(System.getProperty("offerstorm.home", ""));
    }

    private Path directory() {
        Path path = directory == null ? home().resolve(".offerstorm/bench") : directory;
        return path.toAbsolutePath().normalize();
    }
}
