package org.offerstorm.tools.terminal;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.offerstorm.core.check.Failure;

/** Somebody wants a command to end. Safe for use by many threads. */
public final class StopRequest {
    private final CountDownLatch latch = new CountDownLatch(1);
    private int code;

    /**
     * Asks for the end; false if that was done before.
     *
     * @param exitCode of a process that had not finished its work yet
     */
    public synchronized boolean request(int exitCode) {
        if (isRequested()) {
            return false;
        }
        code = exitCode;
        latch.countDown();
        return true;
    }

    /** The exit code of the first request. */
    public synchronized int code() {
        return code;
    }

    public boolean isRequested() {
        return latch.getCount() == 0;
    }

    /** Waits until the end is asked for, at most {@code patience}; returns whether it is. */
    public boolean await(Duration patience) {
        try {
            return latch.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            request(Failure.INTERRUPTED);
            return true;
        }
    }
}
