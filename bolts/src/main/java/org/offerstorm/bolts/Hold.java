package org.offerstorm.bolts;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.offerstorm.core.sink.WriteResult;
import org.slf4j.Logger;

/**
 * The chunks that a bolt keeps while a store is unavailable, oldest first, and when to try again. Not thread-safe:
 * the bolt's executor owns it. Storm's {@code max.spout.pending} bounds how many there can be.
 *
 * @param <T> the tuple
 */
final class Hold<T> {
    /** One try at a chunk. Remembers what it has done, so a later call continues from there. */
    interface Attempt {
        /** Must not throw for an outage; returns within some seconds. */
        WriteResult run();
    }

    private record Held<T>(T tuple, Attempt attempt) {}

    /** Back-off between probes, in ticks of a second. */
    private static final int LONGEST_BACK_OFF = 5;

    private static final int LOG_EVERY_TICKS = 30;
    /** Calls that take longer together are treated as a hold: what waits must not run into Storm's time-out. */
    private static final Duration SLOW = Duration.ofSeconds(1);

    private final String component;
    private final InstantSource clock;
    private final Logger log;
    private final Consumer<T> whenDone;
    private final Deque<Held<T>> held = new ArrayDeque<>();

    private int backOff;
    private int ticksToProbe;
    private int ticksToLog;
    private final TickBacklog backlog = new TickBacklog();

    private Instant heldSince;
    /** Written by the executor, read by the metrics' reporters. */
    private volatile String lastProblem;

    Hold(String component, InstantSource clock, Logger log, Consumer<T> whenDone) {
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
        if (heldSince != null && last && ticksToProbe <= 0) {
            work();
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
        return lastProblem;
    }

    private void work() {
        ticksToProbe = 0;
        writeAll();
        backlog.busyUntil(clock.instant());
    }

    private void writeAll() {
        Instant begin = clock.instant();
        while (!held.isEmpty()) {
            WriteResult result = held.peekFirst().attempt().run();
            Duration took = Duration.between(begin, clock.instant());
            if (result instanceof WriteResult.Retryable retryable) {
                stay(retryable);
                return;
            }
            whenDone.accept(held.removeFirst().tuple());
            backOff = 0;
            if (took.compareTo(SLOW) > 0) {
                // The store answers, but slowly: take in the waiting chunks first. The next tick waits in the same
                // queue.
                heldSince = heldSince == null ? begin : heldSince;
                lastProblem = "the store is slow: " + took.toMillis() + " ms for the last call or calls";
                return;
            }
        }
        if (heldSince != null) {
            log.info(
                    "{} continues after {} s",
                    component,
                    Duration.between(heldSince, clock.instant()).toSeconds());
        }
        heldSince = null;
        lastProblem = null;
    }

    private void stay(WriteResult.Retryable retryable) {
        if (heldSince == null) {
            heldSince = clock.instant();
        }
        backOff = backOff == 0 ? 1 : Math.min(backOff * 2, LONGEST_BACK_OFF);
        ticksToProbe = backOff;
        if (!retryable.message().equals(lastProblem) || ticksToLog <= 0) {
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
        lastProblem = retryable.message();
    }
}
