package org.offerstorm.sinks.redis;

import java.util.Comparator;
import redis.clients.jedis.StreamEntryID;

/**
 * Id of an entry of the stream of changes: a later change has a greater one. Its text is Redis' own, {@code 1700000000000-0}.
 * Immutable.
 *
 * @param time when Redis took the change, ms since 1970 by the clock of Redis
 * @param sequence counts the changes of one millisecond, from 0
 */
public record ChangeId(long time, long sequence) implements Comparable<ChangeId> {
    private static final Comparator<ChangeId> ORDER =
            Comparator.comparingLong(ChangeId::time).thenComparingLong(ChangeId::sequence);

    /**
     * Reads what {@link #toString} writes.
     *
     * @throws IllegalArgumentException if the text is not an id
     */
    public static ChangeId parse(String text) {
        int dash = text.indexOf('-');
        if (dash < 0) {
            throw new IllegalArgumentException("an id of a change reads time-sequence, two numbers");
        }
        return new ChangeId(Long.parseLong(text.substring(0, dash)), Long.parseLong(text.substring(dash + 1)));
    }

    static ChangeId of(StreamEntryID id) {
        return new ChangeId(id.getTime(), id.getSequence());
    }

    @Override
    public int compareTo(ChangeId other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return time + "-" + sequence;
    }
}
