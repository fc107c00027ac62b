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
 * The chunks that a bolt keeps while a store is away, oldest first, and when to try again. Not thread-safe: the bolt's
 * executor owns it. Storm's {@code max.spout.pending} bounds how many there can be.
 *
 * @param <T> the tuple
 */
final class Hold<T> {
    /** One try at a chunk. Keeps what it has done already, so that a later call goes on from there. */
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
    /** Storm's ticks come so often. */
    private static final Duration TICK = Duration.ofSeconds(1);

    private final String component;
    private final InstantSource clock;
    private final Logger log;
    private final Consumer<T> whenDone;
    private final Deque<Held<T>> held = new ArrayDeque<>();

    private int backOff;
    private int ticksToProbe;
    private int ticksToLog;
    /** Ticks that came while a slow call ran, and wait behind it. */
    private long ticksToSkip;
    /** What slow calls took beyond the ticks at which they began, as far as no tick was skipped for it; below a tick. */
    private Duration owed = Duration.ZERO;

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
        if (ticksToSkip > 0) {
            // Were each of them to make another slow call, chunks behind them would wait past Storm's time-out.
            ticksToSkip--;
        } else if (heldSince != null && --ticksToProbe <= 0) {
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
        Instant begin = clock.instant();
        while (!held.isEmpty()) {
            WriteResult result = held.peekFirst().attempt().run();
            Duration took = Duration.between(begin, clock.instant());
            ticksToSkip = took.toSeconds();
            if (result instanceof WriteResult.Retryable retryable) {
                stay(retryable);
                return;
            }
            whenDone.accept(held.removeFirst().tuple());
            backOff = 0;
            if (took.compareTo(SLOW) > 0) {
                // The store answers, but slowly: take in what waits, and go on at the next tick.
                heldSince = heldSince == null ? begin : heldSince;
                lastProblem = "the store is slow: " + took.toMillis() + " ms for the last call or calls";
                skipTicksBeyond(took);
                return;
            }
        }
        if (heldSince != null) {
            log.info(
                    "{} goes on after {} s",
                    component,
                    Duration.between(heldSince, clock.instant()).toSeconds());
        }
        heldSince = null;
        lastProblem = null;
    }

    /**
     * A store that is only just slow is worked with at the very next tick: were that one skipped, the bolt would stand idle for
     * half of the time, and a backlog that is slow to work off would never end. What is left over of a second adds up.
     */
    private void skipTicksBeyond(Duration took) {
        if (took.compareTo(TICK.multipliedBy(2)) < 0) {
            owed = owed.plus(took).minus(TICK);
            ticksToSkip = owed.toSeconds();
            owed = owed.minusSeconds(ticksToSkip);
        }
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
