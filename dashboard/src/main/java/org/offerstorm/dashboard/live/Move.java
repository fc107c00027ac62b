package org.offerstorm.dashboard.live;

/**
 * Offers that came and went, chunk by chunk: within one chunk they are set off against each other.
 *
 * @param in came
 * @param out went
 */
public record Move(long in, long out) {
    public static final Move NONE = new Move(0, 0);

    static Move of(long by) {
        return by > 0 ? new Move(by, 0) : new Move(0, -by);
    }

    Move plus(Move other) {
        return new Move(in + other.in, out + other.out);
    }

    /** Came or went. */
    public long all() {
        return in + out;
    }

    /** Came more than went. */
    public long net() {
        return in - out;
    }
}
