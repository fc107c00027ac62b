package org.offerstorm.local.cluster;

import java.time.Duration;
import java.util.Optional;

/** Looks again and again at something that other processes do, until it is there. */
public final class Waiting {
    private static final Duration POLL = Duration.ofMillis(50);

    private Waiting() {}

    /** One look; empty if it is not there yet. */
    @FunctionalInterface
    public interface Look<T, E extends Exception> {
        Optional<T> now() throws E, InterruptedException;
    }

    /** One look at something that holds or not. */
    @FunctionalInterface
    public interface Condition<E extends Exception> {
        boolean holds() throws E, InterruptedException;
    }

    /**
     * Returns what a look finds; empty if none does in time. The last look is after {@code patience}.
     *
     * @param poll between two looks
     */
    public static <T, E extends Exception> Optional<T> find(Duration patience, Duration poll, Look<T, E> look)
            throws E, InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            boolean last = System.nanoTime() - deadline > 0;
            Optional<T> found = look.now();
            if (found.isPresent() || last) {
                return found;
            }
            Thread.sleep(poll.toMillis());
        }
    }

    /** Whether the condition holds, now or within {@code patience}. */
    public static <E extends Exception> boolean holds(Duration patience, Duration poll, Condition<E> condition)
            throws E, InterruptedException {
        return Waiting.<Boolean, E>find(patience, poll, () -> condition.holds() ? Optional.of(true) : Optional.empty())
                .isPresent();
    }

    /**
     * Returns when the condition holds.
     *
     * @param what in words
     * @throws IllegalStateException if it does not in time
     */
    public static <E extends Exception> void until(String what, Duration patience, Condition<E> condition)
            throws E, InterruptedException {
        if (!holds(patience, POLL, condition)) {
            throw new IllegalStateException("waited " + patience.toSeconds() + " s without success: " + what);
        }
    }
}
