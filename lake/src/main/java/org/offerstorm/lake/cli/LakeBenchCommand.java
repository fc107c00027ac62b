package org.offerstorm.lake.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.offerstorm.core.check.Failure;
import org.offerstorm.lake.bench.LakeBench;
import org.offerstorm.tools.cli.Checked;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code offerstorm lake bench}. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Measures batches on this machine: a first load of made-up offers, merges of changes, and answers; next to the same"
                    + " by a plain Spark SQL job without branch, audit and offsets. Then merges as many changes into a larger"
                    + " table, whose cost must follow the changes. Needs no servers; files are local.",
            "Each trial is a new process with new tables, and both must count the same."
        },
        footer = {
            "",
            "Other programs on the machine distort wall seconds more than CPU seconds and their ratios.",
            "",
            "Exit codes: 0 measured; 1 the two do not count the same; 2 usage; 3 a trial failed.",
            "",
            "Examples:",
            "  offerstorm lake bench",
            "  offerstorm lake bench --offers 200000 --changes 20000 --large 0 --rounds 5",
            "  offerstorm lake bench --day 144 --changes 2000"
        })
public final class LakeBenchCommand implements Callable<Integer>, Checked {
    private static final String NONE = "none";
    private static final int MOST = 100_000_000;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--offers",
            paramLabel = "N",
            defaultValue = "1000000",
            description = "Offers of the first load. Default: ${DEFAULT-VALUE}.")
    private int offers;

    @Option(
            names = "--changes",
            paramLabel = "N",
            defaultValue = "100000",
            description = "Changes of each of three merges. Default: ${DEFAULT-VALUE}.")
    private int changes;

    @Option(
            names = "--large",
            paramLabel = "N",
            description = "Offers of the larger table; 0 leaves it out. Default: five times --offers.")
    private Integer large;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "3",
            description = "Trials of each, in turns. Default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(
            names = "--day",
            paramLabel = "RUNS",
            description =
                    "Instead, a day of so many runs, each with --changes and the maintenance that it is due; says how"
                            + " large the files are. 144 is a run each ten minutes.")
    private Integer day;

    @Option(
            names = "--against",
            paramLabel = "NAME",
            defaultValue = "plain",
            description = "plain, or none to measure the lake alone. Default: ${DEFAULT-VALUE}.")
    private String against;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "The same seed makes the same log. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--master",
            paramLabel = "URL",
            defaultValue = "local[*]",
            description = "local[N] runs on N cores. Default: ${DEFAULT-VALUE}.")
    private String master;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "Directory for logs and tables, some 400 bytes for each offer; emptied first, and at the end."
                    + " Default: .offerstorm/lake-bench next to this program.")
    private Path directory;

    @Override
    public Integer call() throws IOException, InterruptedException {
        check();
        PrintWriter err = spec.commandLine().getErr();
        Path where = directory == null
                ? Path.of(System.getProperty("offerstorm.home", "")).resolve(".offerstorm/lake-bench")
                : directory;
        LakeBench bench = new LakeBench(
                new LakeBench.Options(
                        offers,
                        changes,
                        large(),
                        rounds,
                        seed,
                        !against.equals(NONE),
                        master,
                        where.toAbsolutePath().normalize()),
                err);
        String report = day == null ? bench.run() : bench.day(day);
        spec.commandLine().getOut().print(report);
        spec.commandLine().getOut().flush();
        return 0;
    }

    @Override
    public void check() {
        within("--offers", offers, 1_000, MOST);
        within("--changes", changes, day == null ? 1_000 : 10, MOST);
        if (day != null) {
            within("--day", day, 1, 1_440);
        }
        within("--large", large(), 0, MOST);
        within("--rounds", rounds, 1, 99);
        if (!against.equals("plain") && !against.equals(NONE)) {
            throw Failure.usage("--against must be plain or none");
        }
        if (!master.startsWith("local")) {
            throw Failure.usage("--master must be local, local[N] or local[*]: the files are on this machine");
        }
    }

    private int large() {
        return large != null ? large : Math.min(MOST, offers * 5);
    }

    private static void within(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw Failure.usage(
                    String.format(Locale.ROOT, "%s is %d; it must be %,d to %,d", option, value, least, most));
        }
    }
}
