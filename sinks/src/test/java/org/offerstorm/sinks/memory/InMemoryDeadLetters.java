package org.offerstorm.sinks.memory;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.offerstorm.core.sink.DeadLetter;
import org.offerstorm.core.sink.DeadLetters;
import org.offerstorm.core.sink.WriteResult;

/** Dead letters in memory: a fake that compacts by key, as the topic does, and can be away. Any thread. */
public final class InMemoryDeadLetters implements DeadLetters {
    private static final Map<String, InMemoryDeadLetters> NAMED = new ConcurrentHashMap<>();

    private final Map<String, DeadLetter> letters = new LinkedHashMap<>();
    private String outage;

    /** For topologies that are serialized: the letters of that name in the worker's JVM. */
    public static DeadLetters.Factory factory(String name) {
        return () -> named(name);
    }

    /** The letters of that name. */
    public static InMemoryDeadLetters named(String name) {
        return NAMED.computeIfAbsent(name, key -> new InMemoryDeadLetters());
    }

    /** Forgets the letters of that name. */
    public static void forget(String name) {
        NAMED.remove(name);
    }

    /** From now on every write is answered "retryable" with {@code message}; null ends the outage. */
    public synchronized void setOutage(String message) {
        outage = message;
    }

    /** What was written, the last of each key. */
    public synchronized List<DeadLetter> letters() {
        return new ArrayList<>(letters.values());
    }

    @Override
    public synchronized WriteResult write(List<DeadLetter> batch) {
        if (outage != null) {
            return new WriteResult.Retryable(outage, null);
        }
        batch.forEach(letter -> letters.put(letter.letterKey(), letter));
        return new WriteResult.Done(batch.size(), 0);
    }

    @Override
    public void close() {}
}
