package org.offerstorm.tools.verify;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.offerstorm.core.model.Details;
import org.offerstorm.sinks.solr.IndexedOffer;
import org.offerstorm.sinks.solr.Solr;
import org.offerstorm.sinks.solr.SolrConfig;
import org.offerstorm.sinks.solr.SolrCounts;
import org.offerstorm.sinks.solr.SolrOffers;

/** Solr: version, cell and life of every document, all fields of a sample, and the facets that users see. */
final class SolrComparison {
    private static final Store STORE = Store.of(Solr.KIND);
    private static final int SEEN = 2;
    /** An offer whose time has passed is withdrawn within a minute or two, if nothing is behind. */
    private static final Duration OVERDUE = Duration.ofMinutes(5);

    private final SolrConfig config;
    private final Scope scope;
    private final Fold fold;
    private final Anomalies anomalies;
    private final Examples examples;
    private final Map<String, Long> visible = new HashMap<>();
    private final Set<String> sampledIds = new LinkedHashSet<>();
    private final long overdueBefore = System.currentTimeMillis() - OVERDUE.toMillis();
    private long overdue;
    private long outside;

    SolrComparison(SolrConfig config, Scope scope) {
        this.config = config;
        this.scope = scope;
        this.fold = scope.fold();
        this.anomalies = scope.anomalies();
        this.examples = scope.examples();
    }

    /**
     * Makes visible what was written, and compares all of it.
     *
     * @return number of offers that came before this log, which cannot be judged
     * @throws IOException if Solr cannot be read
     */
    long run() throws IOException {
        scope.progress().begin("solr", fold.offers().size());
        SolrCounts counts = new SolrCounts(config);
        counts.commit();
        SolrOffers documents = new SolrOffers(config);
        Set<Integer> sampled = sample(scope.options().sample(), scope.options().seed());
        documents.forEach(document -> {
            scope.progress().step();
            check(document, sampled);
        });
        for (int slot = 0; slot < fold.offers().slots(); slot++) {
            if (fold.offers().isUsed(slot) && !fold.offers().isMarked(slot, SEEN) && !isExempt(slot)) {
                report(Kind.LOST, slot, "nothing");
            }
        }
        documents.forEach(List.copyOf(sampledIds), this::checkFields);
        sampledIds.forEach(id -> report(Kind.LOST, fold.find(id), "in the list of all, but not found by its id"));
        if (overdue > 0) {
            scope.notes()
                    .add(String.format(
                            Locale.ROOT,
                            "live offers whose valid_through passed more than %d min ago (the worker's log says"
                                    + " 'expirer waits', and why): %,d",
                            OVERDUE.toMinutes(),
                            overdue));
        }
        facets(counts);
        return outside;
    }

    private void check(IndexedOffer document, Set<Integer> sampled) {
        boolean live = !document.deleted();
        if (live) {
            visible.merge(String.valueOf(document.cell()), 1L, Long::sum);
            Details details = document.details();
            if (details.hasValidThrough() && details.validThroughMillis() < overdueBefore) {
                overdue++;
            }
        }
        int slot = fold.find(document.id());
        if (slot == OfferTable.NONE) {
            unknown(document);
            return;
        }
        String is = examples.describe(document.version(), live ? String.valueOf(document.cell()) : "deleted");
        if (!fold.offers().mark(slot, SEEN)) {
            report(Kind.DUPLICATE, slot, "another document, " + is);
            return;
        }
        if (isExempt(slot)) {
            return;
        }
        Kind kind = Judgement.of(fold, slot, document.version(), live, document.cell());
        if (kind != null) {
            report(kind, slot, is);
        } else if (sampled.contains(slot)) {
            sampledIds.add(document.id());
        }
    }

    /** The newest version of the offer was refused by Solr, and lies in the dead letters. */
    private boolean isExempt(int slot) {
        return fold.isMarked(slot, LetterComparison.FROM_SOLR);
    }

    private void unknown(IndexedOffer document) {
        if (fold.isBeforeTheLog(document.version())) {
            outside++;
            return;
        }
        String is =
                examples.describe(document.version(), document.deleted() ? "deleted" : String.valueOf(document.cell()));
        anomalies.add(STORE, Kind.PHANTOM, -1, 0, () -> new Anomaly.Example("", document.id(), is, "nothing"));
    }

    private void checkFields(IndexedOffer document) {
        sampledIds.remove(document.id());
        int slot = fold.find(document.id());
        PlainOffer stored = new PlainOffer(
                document.professionId(),
                document.contractType(),
                document.name(),
                document.latitude(),
                document.longitude(),
                document.company(),
                document.description(),
                document.publishedAtMillis(),
                null,
                PlainDetails.of(document.details()));
        String cell = document.category() + "|" + document.continent();
        int partition = fold.offers().partition(slot);
        long offset = fold.offset(slot);
        if (!cell.equals(fold.cell(slot))) {
            report(Kind.DIFFERENT, slot, "category and continent " + cell);
        } else if (Hash64.of(document.id(), stored) != fold.hash(slot)) {
            anomalies.add(
                    STORE, Kind.DIFFERENT, partition, offset, () -> examples.difference(slot, document.id(), stored));
        }
    }

    private void facets(SolrCounts counts) throws IOException {
        Map<String, Long> facets = new HashMap<>();
        counts.read().forEach((cell, count) -> facets.put(cell.key(), count));
        SortedSet<String> cells = new TreeSet<>(visible.keySet());
        cells.addAll(facets.keySet());
        for (String cell : cells) {
            long is = facets.getOrDefault(cell, 0L);
            long must = visible.getOrDefault(cell, 0L);
            if (is != must) {
                anomalies.add(STORE, Kind.MISCOUNTED, cell, "facet " + is, must + " documents");
            }
        }
    }

    private void report(Kind kind, int slot, String is) {
        anomalies.add(
                STORE,
                kind,
                fold.offers().partition(slot),
                fold.offset(slot),
                () -> examples.at(slot, is, examples.must(slot)));
    }

    /** Slots of live offers, each as likely as any other (a reservoir). */
    private Set<Integer> sample(int wanted, long seed) {
        Random random = new Random(seed);
        int[] chosen = new int[Math.min(wanted, fold.offers().size())];
        int live = 0;
        for (int slot = 0; slot < fold.offers().slots() && chosen.length > 0; slot++) {
            if (fold.offers().isUsed(slot) && fold.isLive(slot)) {
                int at = live < chosen.length ? live : random.nextInt(live + 1);
                if (at < chosen.length) {
                    chosen[at] = slot;
                }
                live++;
            }
        }
        Set<Integer> slots = new HashSet<>();
        for (int i = 0; i < Math.min(live, chosen.length); i++) {
            slots.add(chosen[i]);
        }
        return slots;
    }
}
