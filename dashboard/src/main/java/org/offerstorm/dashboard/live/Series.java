package org.offerstorm.dashboard.live;

/** Offers that came and went, minute by minute. Unchanging once it is handed out. */
public final class Series {
    private final long[] in;
    private final long[] out;

    Series(int minutes) {
        in = new long[minutes];
        out = new long[minutes];
    }

    void set(int minute, Move move) {
        in[minute] = move.in();
        out[minute] = move.out();
    }

    public int minutes() {
        return in.length;
    }

    public long in(int minute) {
        return in[minute];
    }

    public long out(int minute) {
        return out[minute];
    }
}
