package org.offerstorm.sinks.memory;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.offerstorm.core.model.Cell;
import org.offerstorm.core.model.Change;
import org.offerstorm.core.model.OffsetRange;
import org.offerstorm.core.model.Source;
import org.offerstorm.core.model.Upsert;

/**
 * Last version and cell of each offer, and the coverage of each partition: the plain model of what a sink keeps. Shared
 * by the sinks over it and by the test that looks; all methods may be called by any thread.
 */
public final class InMemoryStore {
    private static final Map<String, InMemoryStore> NAMED = new ConcurrentHashMap<>();

    private final Map<String, State> states = new HashMap<>();
    private final Map<Integer, Long> covered = new HashMap<>();
    private final Map<Integer, NavigableMap<Long, Long>> parked = new HashMap<>();
    private final Set<String> rejects = new HashSet<>();
    private Source source;
    private String outage;

    /** The last known of an offer. {@code cell} is null after a deletion. */
    private record State(long version, Cell cell) {}

    /** The store of that name in this JVM: a factory that travelled through serialization finds it again. */
    public static InMemoryStore named(String name) {
        return NAMED.computeIfAbsent(name, key -> new InMemoryStore());
    }

    /** Forgets the store of that name; sinks made later start empty. */
    public static void forget(String name) {
        NAMED.remove(name);
    }

    /** From now on every write is answered "retryable" with {@code message}; null ends the outage. */
    public synchronized void setOutage(String message) {
        outage = message;
    }

    /** Changes of this id are rejected from now on. */
    public synchronized void reject(String id) {
        rejects.add(id);
    }

    /** Live offers by {@link Cell#key()}; no zeros. */
    public synchronized Map<String, Long> counts() {
        Map<String, Long> counts = new TreeMap<>();
        for (State state : states.values()) {
            if (state.cell != null) {
                counts.merge(state.cell.key(), 1L, Long::sum);
            }
        }
        return counts;
    }

    /** Ids of the live offers. */
    public synchronized Set<String> liveIds() {
        Set<String> ids = new HashSet<>();
        states.forEach((id, state) -> {
            if (state.cell != null) {
                ids.add(id);
            }
        });
        return ids;
    }

    /** For each partition with a known start of its log: the offset below which everything is here. */
    public synchronized Map<Integer, Long> coverage() {
        return Map.copyOf(covered);
    }

    synchronized String outage() {
        return outage;
    }

    synchronized boolean rejects(Change change) {
        return rejects.contains(change.id());
    }

    /** Epoch of the newest log that is here; 0 if the store is empty. */
    synchronized int epoch() {
        return source == null ? 0 : source.epoch();
    }

    /** Takes {@code other} as the source, or says why not. */
    synchronized String check(Source other) {
        if (source == null || other.epoch() > source.epoch()) {
            source = other;
            covered.clear();
            parked.clear();
            return null;
        }
        return source.equals(other) ? null : "the store holds " + source + " but the chunk comes from " + other;
    }

    /** Whether the change is news. */
    synchronized boolean apply(long version, Change change) {
        State old = states.get(change.id());
        if (old != null && old.version >= version) {
            return false;
        }
        states.put(change.id(), new State(version, change instanceof Upsert upsert ? upsert.cell() : null));
        return true;
    }

    synchronized void cover(OffsetRange range) {
        NavigableMap<Long, Long> waiting = parked.computeIfAbsent(range.partition(), p -> new TreeMap<>());
        if (range.logStart()) {
            covered.merge(range.partition(), range.next(), Math::max);
        } else {
            waiting.merge(range.from(), range.next(), Math::max);
        }
        Long cover = covered.get(range.partition());
        while (cover != null && !waiting.isEmpty() && waiting.firstKey() <= cover) {
            cover = Math.max(cover, waiting.pollFirstEntry().getValue());
            covered.put(range.partition(), cover);
        }
    }
}
