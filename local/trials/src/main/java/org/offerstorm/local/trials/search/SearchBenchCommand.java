package org.offerstorm.local.trials.search;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.offerstorm.core.check.Failure;
import org.offerstorm.core.reference.Professions;
import org.offerstorm.core.sink.Sink;
import org.offerstorm.core.sink.SinkContext;
import org.offerstorm.core.sink.WriteResult.Done;
import org.offerstorm.dashboard.search.OfferSearch;
import org.offerstorm.local.servers.FileTree;
import org.offerstorm.sinks.solr.SolrSinkFactory;
import org.offerstorm.tools.config.ReferenceTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code offerstorm search-bench}: what the index costs and how fast it answers, measured on this machine. */
@Command(
        name = "search-bench",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Measures the search: starts a Solr in a process of its own, writes generated offers to it with the"
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
    private static final int CHUNK = 1_000;
    private static final long LONGEST_NANOS = 20_000_000_000L;
    /** A JVM compiles for so many times the offers that are measured, before its figures are worth comparing. */
    private static final int WARM_UP = 4;

    private static final double MOST_MILLIS = 150;
    private static final double MOST_FOUND_MILLIS = 2_000;

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
    private int rate;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "7", description = "Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--heap",
            paramLabel = "SIZE",
            defaultValue = "2g",
            description = "Solr's. Default: ${DEFAULT-VALUE}.")
    private String heap;

    @Option(names = "--variants", description = "Compare schemas in place of asking queries.")
    private boolean variants;

    @Override
    public Integer call() throws Exception {
        if (count < CHUNK || rate < 20 || queries < 1) {
            throw Failure.usage("--offers is at least " + CHUNK + ", --rate at least 20, --queries at least 1");
        }
        Path home = Files.createTempDirectory("offerstorm-search-bench");
        try {
            return variants ? compare(home) : measure(home);
        } catch (IOException e) {
            throw Failure.unreachable(e.getMessage(), e);
        } finally {
            FileTree.delete(home);
        }
    }

    private int measure(Path home) throws IOException, InterruptedException {
        Professions professions = ReferenceTable.builtIn();
        BenchOffers offers = new BenchOffers(seed, professions);
        Variant schema = Variant.AS_IS;
        try (BenchSolr solr = BenchSolr.start(home, List.of(schema), heap)) {
            Sink sink = sink(solr, schema);
            say(load(solr, schema, sink, offers).line());
            long bytes = solr.indexBytes(schema);
            say(String.format(
                    "index: %.1f MB for %,d live offers of %,d bytes of JSON each: %d bytes an offer",
                    bytes / 1e6, offers.live(), offers.bytes() / count, bytes / Math.max(1, offers.live())));

            OfferSearch search = new OfferSearch(solr.config(schema), professions, InstantSource.system());
            BenchQueries set = new BenchQueries(
                    Path.of(System.getProperty("offerstorm.home", "."), "test-data", "search", "queries.txt"), search);
            try (SteadyWriter writer = new SteadyWriter(sink, offers, rate)) {
                ask(search, set, queries, new Latencies());
                Latencies answered = new Latencies();
                long before = writer.written();
                long start = System.nanoTime();
                double cpu = solr.cpuSeconds();
                ask(search, set, queries, answered);
                double seconds = (System.nanoTime() - start) / 1e9;
                say(String.format(
                        "queries: %s; %d kinds, while %.0f offers/s were written; Solr used %.2f cores, %.0f CPU-ms a query with the writing",
                        answered.line(),
                        set.size(),
                        (writer.written() - before) / seconds,
                        (solr.cpuSeconds() - cpu) / seconds,
                        (solr.cpuSeconds() - cpu) * 1e3 / queries));
                Latencies found = findable(writer, search);
                say(String.format(
                        "findable after being produced: %s, at %d offers/s (writer %.1f s behind)",
                        found.line(), rate, writer.behindSeconds()));
                return answered.quantile(0.95) <= MOST_MILLIS && found.quantile(0.99) <= MOST_FOUND_MILLIS ? 0 : 1;
            } finally {
                sink.close();
            }
        }
    }

    /**
     * Each variant twice, the second time in reverse order, and the better of both: a JVM grows faster for minutes, and other
     * programs come and go.
     */
    private int compare(Path home) throws IOException, InterruptedException {
        List<Variant> there = new ArrayList<>(Variant.all());
        List<Variant> back = new ArrayList<>();
        for (Variant variant : there) {
            back.add(0, new Variant(variant.core() + "2", variant.title(), text -> variant.apply(text) + "\n"));
        }
        Variant warm = new Variant("warm", "warm-up", text -> text + "\n");
        List<Variant> cores = new ArrayList<>(there);
        cores.add(0, warm);
        cores.addAll(back);
        try (BenchSolr solr = BenchSolr.start(home, cores, heap)) {
            for (int n = 0; n < WARM_UP; n++) {
                write(solr, warm);
            }
            solr.drop(warm);
            List<Loaded> first = new ArrayList<>();
            for (Variant variant : there) {
                first.add(write(solr, variant));
                solr.drop(variant);
            }
            say("| schema | offers/s | Solr CPU-s per million | bytes an offer |");
            say("|---|---|---|---|");
            for (int n = 0; n < back.size(); n++) {
                Variant variant = back.get(n);
                Loaded second = write(solr, variant);
                solr.drop(variant);
                Loaded other = first.get(first.size() - 1 - n);
                say(String.format(
                        "| %s | %,.0f | %.1f | %d |",
                        variant.title(),
                        count / Math.min(second.seconds, other.seconds),
                        Math.min(second.cpu, other.cpu) * 1e6 / count,
                        Math.min(second.bytes, other.bytes)));
            }
        }
        return 0;
    }

    private Loaded write(BenchSolr solr, Variant variant) throws IOException, InterruptedException {
        BenchOffers offers = new BenchOffers(seed, ReferenceTable.builtIn());
        Sink sink = sink(solr, variant);
        try {
            return load(solr, variant, sink, offers);
        } finally {
            sink.close();
        }
    }

    private record Loaded(int count, double seconds, double cpu, long bytes) {
        String line() {
            return String.format(
                    "loaded: %,d records in %.0f s: %,.0f/s; Solr %.1f CPU-s per million",
                    count, seconds, count / seconds, cpu * 1e6 / count);
        }
    }

    private Loaded load(BenchSolr solr, Variant variant, Sink sink, BenchOffers offers)
            throws IOException, InterruptedException {
        double cpu = solr.cpuSeconds();
        long start = System.nanoTime();
        for (int written = 0; written < count; written += CHUNK) {
            var chunk = offers.next(Math.min(CHUNK, count - written));
            while (!(sink.write(chunk) instanceof Done)) {
                Thread.sleep(100);
            }
        }
        solr.commit(variant);
        return new Loaded(
                count,
                (System.nanoTime() - start) / 1e9,
                solr.cpuSeconds() - cpu,
                solr.indexBytes(variant) / Math.max(1, offers.live()));
    }

    private static void ask(OfferSearch search, BenchQueries set, int times, Latencies latencies) throws IOException {
        for (int n = 0; n < times; n++) {
            long start = System.nanoTime();
            search.search(set.get(n));
            latencies.add(System.nanoTime() - start);
        }
    }

    /** Asks for offers that were just due, until the version that was written is found. */
    private Latencies findable(SteadyWriter writer, OfferSearch search) throws IOException, InterruptedException {
        Latencies found = new Latencies();
        for (int n = 0; n < 200; n++) {
            SteadyWriter.Mark mark = writer.nextMark();
            if (System.nanoTime() - mark.dueNanos() > 1_000_000_000L) {
                n--; // from before; only fresh ones tell
                continue;
            }
            for (var offer = search.offer(mark.id());
                    offer == null || !offer.name().equals(mark.name());
                    offer = search.offer(mark.id())) {
                if (writer.changedSince(mark) || System.nanoTime() - mark.dueNanos() > LONGEST_NANOS) {
                    break;
                }
                Thread.sleep(10);
            }
            if (writer.changedSince(mark)) {
                continue;
            }
            found.add(System.nanoTime() - mark.dueNanos());
        }
        return found;
    }

    private static Sink sink(BenchSolr solr, Variant variant) {
        return new SolrSinkFactory(solr.config(variant))
                .create(new SinkContext(0, 1, 1, "bench", InstantSource.system()));
    }

    private void say(String line) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(line);
        out.flush();
    }
}
