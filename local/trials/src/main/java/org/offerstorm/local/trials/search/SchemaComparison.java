package org.offerstorm.local.trials.search;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.offerstorm.core.sink.Sink;
import org.offerstorm.tools.config.ReferenceTable;

/** What other schemas would cost: writes the same offers with each. Used by one thread. */
final class SchemaComparison {
    /** A JVM compiles for so many times the offers that are measured, before its figures are worth comparing. */
    private static final int WARM_UP = 4;

    private final SearchBenchOptions options;
    private final Consumer<String> say;

    SchemaComparison(SearchBenchOptions options, Consumer<String> say) {
        this.options = options;
        this.say = say;
    }

    /**
     * Each variant twice, the second time in reverse order, and the better of both: a JVM grows faster for minutes, and other
     * programs come and go.
     */
    void run(Path home) throws IOException, InterruptedException {
        List<Variant> there = new ArrayList<>(Variant.all());
        List<Variant> back = new ArrayList<>();
        for (Variant variant : there) {
            back.add(0, new Variant(variant.core() + "2", variant.title(), text -> variant.apply(text) + "\n"));
        }
        Variant warm = new Variant("warm", "warm-up", text -> text + "\n");
        List<Variant> cores = new ArrayList<>(there);
        cores.add(0, warm);
        cores.addAll(back);
        try (BenchSolr solr = BenchSolr.start(home, cores, options.heap())) {
            for (int n = 0; n < WARM_UP; n++) {
                write(solr, warm);
            }
            solr.drop(warm);
            List<LoadedIndex> first = new ArrayList<>();
            for (Variant variant : there) {
                first.add(write(solr, variant));
                solr.drop(variant);
            }
            say.accept("| schema | offers/s | Solr CPU-s per million | bytes an offer |");
            say.accept("|---|---|---|---|");
            for (int n = 0; n < back.size(); n++) {
                LoadedIndex second = write(solr, back.get(n));
                solr.drop(back.get(n));
                say.accept(row(back.get(n), second, first.get(first.size() - 1 - n)));
            }
        }
    }

    private String row(Variant variant, LoadedIndex one, LoadedIndex other) {
        return String.format(
                Locale.ROOT,
                "| %s | %,.0f | %.1f | %d |",
                variant.title(),
                options.offers() / Math.min(one.seconds(), other.seconds()),
                Math.min(one.cpu(), other.cpu()) * 1e6 / options.offers(),
                Math.min(one.bytes(), other.bytes()));
    }

    private LoadedIndex write(BenchSolr solr, Variant variant) throws IOException, InterruptedException {
        BenchOffers offers = new BenchOffers(options.seed(), ReferenceTable.builtIn());
        try (Sink sink = LoadedIndex.sink(solr, variant)) {
            return LoadedIndex.write(solr, variant, sink, offers, options.offers());
        }
    }
}
