package org.offerstorm.bolts;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.offerstorm.core.sink.Delivery;
import org.offerstorm.core.sink.HoldCause;
import org.offerstorm.core.sink.WriteResult;
import org.slf4j.Logger;

/**
 * The chunks that a bolt keeps while a store is unavailable, oldest first, and when to try again; and those whose last step
 * was sent and is not confirmed yet. Not thread-safe: the bolt's executor owns it. Storm's {@code max.spout.pending} bounds
 * how many there can be.
 *
 * @param <T> the tuple
 */
final class Hold<T> {
    /** One try at a chunk. Remembers what it has done, so a later call continues from there. */
    interface Attempt {
        /** Must not throw for an outage; returns within some seconds. What it started need not be confirmed yet. */
        Delivery run();

        /** What the last run waits for, if it is to be tried again. */
        default HoldCause cause() {
            return HoldCause.STORE;
        }
    }

    /** Why chunks are held. */
    private record Problem(HoldCause cause, String text) {}

    private record Held<T>(T tuple, Attempt attempt) {}

    private record Unconfirmed<T>(Held<T> chunk, Delivery delivery) {}

    /** Back-off between probes, in ticks of a second. */
    private static final int LONGEST_BACK_OFF = 5;

    private static final int LOG_EVERY_TICKS = 30;
    /** Calls that take longer together are treated as a hold: what waits must not run into Storm's time-out. */
    private static final Duration SLOW = Duration.ofSeconds(1);

    private final String component;
    private final InstantSource clock;
    private final Logger log;
    private final Consumer<T> whenDone;
    private final int mostUnconfirmed;
    private final Deque<Held<T>> held = new ArrayDeque<>();
    private final Deque<Unconfirmed<T>> unconfirmed = new ArrayDeque<>();

    private int backOff;
    private int ticksToProbe;
    private int ticksToLog;
    private final TickBacklog backlog = new TickBacklog();

    private Instant heldSince;
    /** Written by the executor, read by the metrics' reporters. */
    private volatile Problem lastProblem;

    /**
     * @param mostUnconfirmed so many chunks may wait for a confirmation while others are worked on; what is behind them
     *     waits. The spout must have others to send, for only they, and ticks, wake this
     */
    Hold(String component, InstantSource clock, Logger log, int mostUnconfirmed, Consumer<T> whenDone) {
        this.mostUnconfirmed = mostUnconfirmed;
        this.component = component;
        this.clock = clock;
        this.log = log;
        this.whenDone = whenDone;
    }

    /** Tries the chunk at once if nothing is held, else queues it behind the others. */
    void offer(T tuple, Attempt attempt) {
        held.addLast(new Held<>(tuple, attempt));
        if (heldSince == null) {
            work();
        }
    }

    /** Called once a second: keeps the held tuples alive, and probes with the oldest when its time has come. */
    void tick(Consumer<T> keepAlive) {
        ticksToLog--;
        ticksToProbe--;
        // If each tick that waited behind a slow call made another call, the chunks behind them would wait past Storm's
        // time-out. Before the last of these ticks, all chunks that came in the meantime have been taken in.
        boolean last = backlog.isLast(clock.instant());
        if (last && (heldSince == null ? !unconfirmed.isEmpty() : ticksToProbe <= 0)) {
            work();
        }
        for (Unconfirmed<T> each : unconfirmed) {
            keepAlive.accept(each.chunk().tuple());
        }
        for (Held<T> each : held) {
            keepAlive.accept(each.tuple());
        }
    }

    int size() {
        return held.size();
    }

    /** Why chunks are held, or null. Any thread. */
    String problem() {
        Problem now = lastProblem;
        return now == null ? null : now.text();
    }

    /** What kind of thing held chunks wait for, or null. Any thread. */
    HoldCause cause() {
        Problem now = lastProblem;
        return now == null ? null : now.cause();
    }

    private void work() {
        ticksToProbe = 0;
        writeAll();
        backlog.busyUntil(clock.instant());
    }

    private void writeAll() {
        Instant begin = clock.instant();
        while (confirm()) {
            Duration took = Duration.between(begin, clock.instant());
            if (took.compareTo(SLOW) > 0) {
                // The store answers, but slowly: take in the waiting chunks first. The next tick waits in the same
                // queue.
                heldSince = heldSince == null ? begin : heldSince;
                lastProblem = new Problem(
                        HoldCause.SLOW, "the store is slow: " + took.toMillis() + " ms for the last call or calls");
                return;
            }
            if (held.isEmpty()) {
                resume();
                return;
            }
            Held<T> oldest = held.removeFirst();
            unconfirmed.addLast(new Unconfirmed<>(oldest, oldest.attempt().run()));
        }
    }

    /**
     * Takes the confirmations that are there, and waits for those that must come before anything else is done.
     *
     * @return false if a chunk must be tried again
     */
    private boolean confirm() {
        int most = heldSince == null ? mostUnconfirmed : 0; // a probe is one chunk, and awaited
        while (!unconfirmed.isEmpty()
                && (unconfirmed.size() > most
                        || unconfirmed.peekFirst().delivery().isKnown())) {
            if (unconfirmed.peekFirst().delivery().result() instanceof WriteResult.Retryable retryable) {
                HoldCause cause = unconfirmed.peekFirst().chunk().attempt().cause();
                takeBack();
                stay(retryable, cause);
                return false;
            }
            whenDone.accept(unconfirmed.removeFirst().chunk().tuple());
            backOff = 0;
        }
        return true;
    }

    /** What is not known to be done is tried again, in the same order. */
    private void takeBack() {
        while (!unconfirmed.isEmpty()) {
            Unconfirmed<T> newest = unconfirmed.removeLast();
            if (newest.delivery().isKnown() && newest.delivery().result() instanceof WriteResult.Done) {
                whenDone.accept(newest.chunk().tuple());
            } else {
                held.addFirst(newest.chunk());
            }
        }
    }

    private void resume() {
        if (heldSince != null) {
            log.info(
                    "{} continues after {} s",
                    component,
                    Duration.between(heldSince, clock.instant()).toSeconds());
        }
        heldSince = null;
        lastProblem = null;
    }

    private void stay(WriteResult.Retryable retryable, HoldCause cause) {
        if (heldSince == null) {
            heldSince = clock.instant();
        }
        backOff = backOff == 0 ? 1 : Math.min(backOff * 2, LONGEST_BACK_OFF);
        ticksToProbe = backOff;
        if (!retryable.message().equals(problem()) || ticksToLog <= 0) {
            ticksToLog = LOG_EVERY_TICKS;
            log.warn(
                    "{} holds {} chunk(s) since {}: {}; trying again every {} s",
                    component,
                    held.size(),
                    heldSince,
                    retryable.message(),
                    LONGEST_BACK_OFF,
                    retryable.cause());
        }
        lastProblem = new Problem(cause, retryable.message());
    }
}
