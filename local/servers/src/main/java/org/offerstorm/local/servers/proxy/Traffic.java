package org.offerstorm.local.servers.proxy;

import java.util.concurrent.atomic.AtomicLong;

/** What a proxy does with bytes now, and what it has done. Written and read by the proxy's thread; its counters by others too. */
final class Traffic {
    final boolean http;

    /** Nothing gets through in either direction; no side gets an error. */
    boolean swallowed;
    /** Replies are delayed by this time. */
    long delayNanos;
    /** Answer to requests of {@code /update}; 0: the server's. */
    int status;

    final AtomicLong bytesSwallowed = new AtomicLong();
    final AtomicLong repliesLost = new AtomicLong();
    final AtomicLong answered = new AtomicLong();

    Traffic(boolean http) {
        this.http = http;
    }

    void pass() {
        swallowed = false;
        delayNanos = 0;
        status = 0;
    }
}
