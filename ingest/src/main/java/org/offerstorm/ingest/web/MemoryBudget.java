package org.offerstorm.ingest.web;

import java.util.concurrent.atomic.AtomicLong;

/** Bytes that bodies of requests may take at a time. Any thread. */
final class MemoryBudget {
    private final long limit;
    private final AtomicLong taken = new AtomicLong();

    MemoryBudget(long limit) {
        this.limit = limit;
    }

    /** Whether there is room; if so it is taken. */
    boolean take(long bytes) {
        while (true) {
            long before = taken.get();
            if (before + bytes > limit) {
                return false;
            }
            if (taken.compareAndSet(before, before + bytes)) {
                return true;
            }
        }
    }

    void give(long bytes) {
        taken.addAndGet(-bytes);
    }

    long taken() {
        return taken.get();
    }
}
