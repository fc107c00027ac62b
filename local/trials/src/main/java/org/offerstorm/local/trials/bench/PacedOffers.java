package org.offerstorm.local.trials.bench;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.offerstorm.tools.generate.GeneratedOffers;
import org.offerstorm.tools.produce.Input;
import org.offerstorm.tools.produce.RecordReader;

/**
 * Offers each when it is due, by the clock of the run: a late one does not delay those after it. Read by one thread; {@link #sent} is for
 * any.
 */
final class PacedOffers implements RecordReader {
    private final GeneratedOffers offers;
    private final StageTimes times;
    private final int rate;
    private final AtomicInteger sent = new AtomicInteger();
    private long begin;

    /**
     * @param times learns when each was due
     * @param rate offers a second
     */
    PacedOffers(GeneratedOffers offers, StageTimes times, int rate) {
        this.offers = offers;
        this.times = times;
        this.rate = rate;
    }

    /** How many were handed out. */
    int sent() {
        return sent.get();
    }

    @Override
    public Input next() {
        int n = sent.get();
        if (n == 0) {
            begin = System.nanoTime();
        }
        Input item = offers.next();
        if (item != null) {
            long due = begin + (long) (n * 1e9 / rate);
            times.due(n, due);
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            sent.incrementAndGet();
        }
        return item;
    }

    @Override
    public void close() {}
}
