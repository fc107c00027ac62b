package org.offerstorm.tools.figures;

import java.io.IOException;
import java.util.concurrent.atomic.LongAdder;
import org.offerstorm.core.figures.DurationCounts;
import org.offerstorm.core.figures.Histogram;

/** How often a store was called, how long that took, and how often it failed. Any thread. */
public final class StoreCalls {
    private final DurationCounts durations = new DurationCounts();
    private final LongAdder failures = new LongAdder();

    /**
     * A call.
     *
     * @param <T> what it returns
     */
    @FunctionalInterface
    public interface Call<T> {
        /** Calls the store. */
        T run() throws IOException;
    }

    /** Makes the call, and counts it. */
    public <T> T time(Call<T> call) throws IOException {
        long begin = System.nanoTime();
        boolean done = false;
        try {
            T result = call.run();
            done = true;
            return result;
        } finally {
            durations.add(System.nanoTime() - begin);
            if (!done) {
                failures.increment();
            }
        }
    }

    /** Of all calls, also those that failed. */
    public Histogram durations() {
        return durations.histogram();
    }

    /** How many failed. */
    public long failures() {
        return failures.sum();
    }
}
