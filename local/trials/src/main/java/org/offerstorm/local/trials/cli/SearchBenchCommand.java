package org.offerstorm.local.trials.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.offerstorm.core.check.Failure;
import org.offerstorm.local.trials.search.SearchBench;
import org.offerstorm.local.trials.search.SearchBenchOptions;
import org.offerstorm.tools.cli.value.Rate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code offerstorm search-bench}: what the index costs and how fast it answers, measured on this machine. */
@Command(
        name = "search-bench",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Measures the search: starts a Solr in a separate process, writes generated offers to it with the"
                + " topology's own sink, then asks the queries of test-data/search/queries.txt one after the other while"
                + " writing goes on, and measures how long an offer takes until it is found. With --variants it compares"
                + " what other schemas would cost.",
        footer = {
            "",
            "Exit codes: 0 within the bounds (p95 150 ms, found within 2 s), 1 beyond them, 3 cannot start.",
            "",
            "Examples:",
            "  offerstorm search-bench",
            "  offerstorm search-bench --offers 100000 --variants"
        })
public final class SearchBenchCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--offers",
            paramLabel = "N",
            defaultValue = "1000000",
            description = "Records to write before the queries. Default: ${DEFAULT-VALUE}.")
    private int count;

    @Option(
            names = "--queries",
            paramLabel = "N",
            defaultValue = "600",
            description = "Queries that are measured; as many before them warm up. Default: ${DEFAULT-VALUE}.")
    private int queries;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Offers a second while queries run. Default: ${DEFAULT-VALUE}.")
    private Rate rate;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "7", description = "Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--heap",
            paramLabel = "SIZE",
            defaultValue = "2g",
            description = "Heap of Solr. Default: ${DEFAULT-VALUE}.")
    private String heap;

    @Option(names = "--variants", description = "Compare schemas instead of asking queries.")
    private boolean variants;

    @Override
    public Integer call() throws Exception {
        if (count < SearchBenchOptions.LEAST_OFFERS || rate.rounded() < SearchBenchOptions.LEAST_RATE || queries < 1) {
            throw Failure.usage("--offers is at least " + SearchBenchOptions.LEAST_OFFERS + ", --rate at least "
                    + SearchBenchOptions.LEAST_RATE + ", --queries at least 1");
        }
        SearchBench bench =
                new SearchBench(new SearchBenchOptions(count, queries, rate.rounded(), seed, heap), this::say);
        try {
            if (variants) {
                bench.compareSchemas();
                return 0;
            }
            Path home = Path.of(System.getProperty("offerstorm.home", "."));
            return bench.measure(home.resolve("test-data/search/queries.txt")) ? 0 : Failure.DIFFERENCE;
        } catch (IOException e) {
            throw Failure.unreachable(e.getMessage(), e);
        }
    }

    private void say(String line) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(line);
        out.flush();
    }
}
