package org.offerstorm.local.trials.search;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.offerstorm.core.mapping.DataSet;
import org.offerstorm.core.reference.Professions;
import org.offerstorm.core.sink.Sink;
import org.offerstorm.dashboard.search.OfferSearch;
import org.offerstorm.local.servers.FileTree;
import org.offerstorm.tools.config.ReferenceTable;

/** Measures what the index costs and how fast it answers, with a Solr in its own process. Used by one thread. */
public final class SearchBench {
    private static final double MOST_MILLIS = 150;
    private static final double MOST_FOUND_MILLIS = 2_000;
    private static final int FOUND = 200;
    private static final long FRESH_NANOS = 1_000_000_000L;
    private static final long LONGEST_NANOS = 20_000_000_000L;

    private final SearchBenchOptions options;
    private final Consumer<String> say;

    /** @param say takes a line for each figure */
    public SearchBench(SearchBenchOptions options, Consumer<String> say) {
        this.options = options;
        this.say = say;
    }

    /**
     * Asks the queries of a file while offers are written.
     *
     * @param queries one a line
     * @return whether answers and new offers came within the bounds
     */
    public boolean measure(Path queries) throws IOException, InterruptedException {
        return inTemporaryDirectory(home -> {
            try (BenchSolr solr = BenchSolr.start(home, List.of(Variant.AS_IS), options.heap());
                    Sink sink = LoadedIndex.sink(solr, Variant.AS_IS)) {
                return measure(solr, sink, queries);
            }
        });
    }

    /** Writes the same offers with other schemas. */
    public void compareSchemas() throws IOException, InterruptedException {
        inTemporaryDirectory(home -> {
            new SchemaComparison(options, say).run(home);
            return true;
        });
    }

    private static boolean inTemporaryDirectory(Work work) throws IOException, InterruptedException {
        Path home = Files.createTempDirectory("offerstorm-search-bench");
        try {
            return work.in(home);
        } finally {
            FileTree.delete(home);
        }
    }

    private boolean measure(BenchSolr solr, Sink sink, Path queries) throws IOException, InterruptedException {
        Professions professions = ReferenceTable.builtIn();
        BenchOffers offers = new BenchOffers(options.seed(), professions);
        Variant schema = Variant.AS_IS;
        say.accept(
                LoadedIndex.write(solr, schema, sink, offers, options.offers()).line());
        long bytes = solr.indexBytes(schema);
        say.accept(String.format(
                Locale.ROOT,
                "index: %.1f MB for %,d live offers of %,d bytes of JSON each: %d bytes an offer",
                bytes / 1e6,
                offers.live(),
                offers.bytes() / options.offers(),
                bytes / Math.max(1, offers.live())));

        OfferSearch search = new OfferSearch(solr.config(schema), DataSet.of(professions), InstantSource.system());
        BenchQueries set = new BenchQueries(queries, search);
        try (SteadyWriter writer = new SteadyWriter(sink, offers, options.rate())) {
            ask(search, set); // warms up
            long before = writer.written();
            long start = System.nanoTime();
            double cpu = solr.cpuSeconds();
            Latencies answered = ask(search, set);
            double seconds = (System.nanoTime() - start) / 1e9;
            say.accept(String.format(
                    Locale.ROOT,
                    "queries: %s; %d kinds, while %.0f offers/s were written; Solr used %.2f cores, %.0f CPU-ms a query with the writing",
                    answered.line(),
                    set.size(),
                    (writer.written() - before) / seconds,
                    (solr.cpuSeconds() - cpu) / seconds,
                    (solr.cpuSeconds() - cpu) * 1e3 / options.queries()));
            Latencies found = findable(writer, search);
            say.accept(String.format(
                    Locale.ROOT,
                    "findable after being produced: %s, at %d offers/s (writer %.1f s behind)",
                    found.line(),
                    options.rate(),
                    writer.behindSeconds()));
            return answered.quantile(0.95) <= MOST_MILLIS && found.quantile(0.99) <= MOST_FOUND_MILLIS;
        }
    }

    private Latencies ask(OfferSearch search, BenchQueries set) throws IOException {
        Latencies latencies = new Latencies();
        for (int n = 0; n < options.queries(); n++) {
            long start = System.nanoTime();
            search.search(set.get(n));
            latencies.add(System.nanoTime() - start);
        }
        return latencies;
    }

    /** Asks for offers that were just due, until the version that was written is found. */
    private static Latencies findable(SteadyWriter writer, OfferSearch search)
            throws IOException, InterruptedException {
        Latencies found = new Latencies();
        for (int n = 0; n < FOUND; n++) {
            SteadyWriter.Mark mark = writer.nextMark();
            if (System.nanoTime() - mark.dueNanos() > FRESH_NANOS) {
                n--; // from before; only fresh ones count
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

    private interface Work {
        boolean in(Path home) throws IOException, InterruptedException;
    }
}
