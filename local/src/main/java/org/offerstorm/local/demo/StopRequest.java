package org.offerstorm.local.demo;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Somebody wants the demo to end. Safe for use by many threads. */
public final class StopRequest {
    private final CountDownLatch latch = new CountDownLatch(1);

    /** Asks for the end. */
    public void request() {
        latch.countDown();
    }

    public boolean isRequested() {
        return latch.getCount() == 0;
    }

    /** Waits until the end is asked for, at most {@code patience}, and tells whether it is. */
    boolean await(Duration patience) {
        try {
            return latch.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            request();
            return true;
        }
    }
}
