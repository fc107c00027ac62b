package org.offerstorm.tools.verify;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Collects what the comparisons find; of each kind it keeps the first examples, the rest is counted. One thread. */
final class Anomalies {
    private final Map<Store, Map<Kind, Collected>> found = new LinkedHashMap<>();
    private long sequence;

    /** @param stores in the order in which they are reported */
    Anomalies(List<Store> stores) {
        stores.forEach(store -> found.put(store, new EnumMap<>(Kind.class)));
    }

    /** Describes one, later: reading the topic again for each would take too long. */
    @FunctionalInterface
    interface Details {
        Anomaly.Example tell();
    }

    private record Kept(int partition, long offset, long sequence, Details details) {}

    private static final class Collected {
        private long count;
        private final TreeSet<Kept> kept = new TreeSet<>(Comparator.comparingInt(Kept::partition)
                .thenComparingLong(Kept::offset)
                .thenComparingLong(Kept::sequence));
    }

    /** @param details called at the end, or never */
    void add(Store store, Kind kind, int partition, long offset, Details details) {
        Collected collected = found.get(store).computeIfAbsent(kind, k -> new Collected());
        collected.count++;
        collected.kept.add(new Kept(partition, offset, sequence++, details));
        if (collected.kept.size() > Anomaly.MAX_EXAMPLES) {
            collected.kept.pollLast();
        }
    }

    /** One that stands at no record. */
    void add(Store store, Kind kind, String where, String is, String must) {
        add(store, kind, -1, 0, () -> new Anomaly.Example(where, null, is, must));
    }

    List<Anomaly> list() {
        List<Anomaly> list = new ArrayList<>();
        found.forEach((store, kinds) -> kinds.forEach((kind, collected) -> list.add(new Anomaly(
                store,
                kind,
                collected.count,
                collected.kept.stream().map(kept -> kept.details().tell()).toList()))));
        return list;
    }
}
