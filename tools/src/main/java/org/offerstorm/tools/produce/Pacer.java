package org.offerstorm.tools.produce;

import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/** Spaces calls evenly: the n-th returns no sooner than n / rate after the first. One thread. */
public final class Pacer {
    private static final double NANOS = 1e9;
    /** Shorter waits are left to add up: a sleep is not more exact than this. */
    private static final long SHORTEST = 1_000_000;

    private final double perSecond;
    private final LongSupplier nanoTime;
    private final LongConsumer sleepNanos;
    private long start;
    private long calls;

    /** @param perSecond 0 for no limit */
    public Pacer(double perSecond) {
        this(perSecond, System::nanoTime, LockSupport::parkNanos);
    }

    Pacer(double perSecond, LongSupplier nanoTime, LongConsumer sleepNanos) {
        this.perSecond = perSecond;
        this.nanoTime = nanoTime;
        this.sleepNanos = sleepNanos;
    }

    /** Returns when the next call is due. */
    public void await() {
        if (perSecond <= 0) {
            return;
        }
        if (calls == 0) {
            start = nanoTime.getAsLong();
        }
        long due = start + (long) (calls++ / perSecond * NANOS);
        long ahead = due - nanoTime.getAsLong();
        while (ahead > SHORTEST && !Thread.currentThread().isInterrupted()) {
            sleepNanos.accept(ahead);
            ahead = due - nanoTime.getAsLong();
        }
    }
}
