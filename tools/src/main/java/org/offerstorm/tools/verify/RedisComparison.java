package org.offerstorm.tools.verify;

import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import org.offerstorm.core.text.Quote;
import org.offerstorm.sinks.redis.Redis;
import org.offerstorm.sinks.redis.RedisConfig;
import org.offerstorm.sinks.redis.RedisCounts;
import org.offerstorm.sinks.redis.RedisCoverage;
import org.offerstorm.sinks.redis.RedisState;

/** Redis: the state of each offer, the counters, and how far each partition is counted. */
final class RedisComparison {
    private static final Store STORE = Store.of(Redis.KIND);
    private static final int SEEN = 1;
    private static final String DELETED = "deleted";

    private final RedisConfig config;
    private final Scope scope;
    private final Fold fold;
    private final Anomalies anomalies;
    private final Examples examples;
    private long outside;

    RedisComparison(RedisConfig config, Scope scope) {
        this.config = config;
        this.scope = scope;
        this.fold = scope.fold();
        this.anomalies = scope.anomalies();
        this.examples = scope.examples();
    }

    /**
     * Compares all of it.
     *
     * @return number of offers that came before this log, which cannot be judged
     * @throws IOException if Redis cannot be read, or holds another topic
     */
    long run() throws IOException {
        scope.progress().begin("redis", fold.offers().size());
        coverage();
        state();
        counters();
        return outside;
    }

    private void coverage() throws IOException {
        Map<Integer, Long> covered;
        try (RedisCoverage reader = new RedisCoverage(config)) {
            covered = reader.coverage(scope.source());
        }
        scope.compareCoverage(STORE, covered);
    }

    private void state() throws IOException {
        try (RedisState state = new RedisState(config)) {
            long buckets = state.buckets();
            Map<Integer, String> cells = state.cells();
            state.parked().forEach((partition, ranges) -> {
                if (!ranges.isBlank()) {
                    anomalies.add(
                            STORE,
                            Kind.UNCOVERED,
                            examples.partition(partition),
                            "offsets " + ranges + " wait for those before them",
                            "none wait");
                }
            });
            state.forEach(new RedisState.Entries() {
                @Override
                public void accept(long bucket, long field, long version, int cell) {
                    scope.progress().step();
                    String name = cell == 0 ? DELETED : cells.getOrDefault(cell, "cell number " + cell);
                    int slot = fold.offers().findInBucket(bucket, buckets, field);
                    if (slot == OfferTable.NONE) {
                        unknown(field, version, cell != 0, name);
                    } else {
                        known(slot, version, cell != 0, name);
                    }
                }

                @Override
                public void unreadable(String key) {
                    anomalies.add(STORE, Kind.PHANTOM, Quote.of(key), "a field that is not an offer", "nothing");
                }
            });
        }
        for (int slot = 0; slot < fold.offers().slots(); slot++) {
            if (fold.offers().isUsed(slot) && !fold.offers().isMarked(slot, SEEN)) {
                report(Kind.LOST, slot, "nothing");
            }
        }
    }

    private void known(int slot, long version, boolean live, String cell) {
        fold.offers().mark(slot, SEEN);
        Kind kind = Judgement.of(fold, slot, version, live, cell);
        if (kind != null) {
            report(kind, slot, examples.describe(version, cell));
        }
    }

    private void unknown(long field, long version, boolean live, String cell) {
        if (fold.isBeforeTheLog(version)) {
            outside++;
            if (live) {
                scope.earlier().merge(cell, 1L, Long::sum);
            }
            return;
        }
        anomalies.add(
                STORE,
                Kind.PHANTOM,
                String.format(Locale.ROOT, "an offer with hash …%016x", field),
                examples.describe(version, cell),
                "nothing");
    }

    private void report(Kind kind, int slot, String is) {
        anomalies.add(
                STORE,
                kind,
                fold.offers().partition(slot),
                fold.offset(slot),
                () -> examples.at(slot, is, examples.must(slot)));
    }

    private void counters() throws IOException {
        Map<String, Long> stored = new HashMap<>();
        try (RedisCounts counts = new RedisCounts(config)) {
            counts.read().forEach((cell, count) -> stored.put(cell.key(), count));
        }
        SortedMap<String, Long> wanted = fold.counts();
        scope.earlier().forEach((cell, count) -> wanted.merge(cell, count, Long::sum));
        SortedSet<String> cells = new TreeSet<>(wanted.keySet());
        cells.addAll(stored.keySet());
        for (String cell : cells) {
            long is = stored.getOrDefault(cell, 0L);
            long must = wanted.getOrDefault(cell, 0L);
            if (is != must) {
                anomalies.add(STORE, Kind.MISCOUNTED, cell, Long.toString(is), Long.toString(must));
            }
        }
    }
}
