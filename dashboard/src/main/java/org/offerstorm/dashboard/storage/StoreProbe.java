package org.offerstorm.dashboard.storage;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.offerstorm.core.sink.StatisticsReader;
import org.offerstorm.core.sink.StoreStatistics;
import org.offerstorm.core.text.Messages;
import org.offerstorm.dashboard.day.Day;
import org.offerstorm.dashboard.storage.StoreView.State;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks one store, on its own thread. Others read {@link #view()}. */
final class StoreProbe implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StoreProbe.class);

    /** A question that takes longer is taken for none that is answered. */
    static final Duration LONGEST = Duration.ofSeconds(30);

    /** A store that is away is asked sooner. */
    private static final Duration RETRY = Duration.ofSeconds(10);

    private final String name;
    private final String title;
    private final StatisticsReader reader;
    private final Duration pause;
    private final Day day;
    private final InstantSource clock;
    private final Thread thread;
    private final long started;
    private volatile boolean closed;
    private volatile Answer last;
    /** When the question was asked that is not answered yet; 0 if there is none. */
    private volatile long asked;

    private record Answer(State state, long since, String reason, long at, StoreStatistics statistics) {}

    StoreProbe(String name, String title, StatisticsReader reader, Duration pause, Day day, InstantSource clock) {
        this.name = name;
        this.title = title;
        this.reader = reader;
        this.pause = pause;
        this.day = day;
        this.clock = clock;
        this.started = clock.millis();
        this.last = new Answer(State.WAITING, started, "", 0, null);
        this.thread = new Thread(this::run, "storage-" + name);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    StoreView view() {
        Answer answer = last;
        long since = asked;
        boolean late = since > 0 && clock.millis() - since > LONGEST.toMillis();
        return new StoreView(
                name,
                title,
                late ? State.UNKNOWN : answer.state,
                late && answer.state != State.UNKNOWN ? since : answer.since,
                late ? "no answer within " + LONGEST.toSeconds() + " s" : answer.reason,
                answer.at,
                Optional.ofNullable(answer.statistics));
    }

    private void run() {
        try (reader) {
            while (!closed) {
                ask();
                Thread.sleep(
                        last.state == State.UNKNOWN ? Math.min(RETRY.toMillis(), pause.toMillis()) : pause.toMillis());
            }
        } catch (InterruptedException e) {
            // closed
        }
    }

    private void ask() {
        Answer before = last;
        asked = clock.millis();
        try {
            StoreStatistics statistics = reader.read();
            long now = clock.millis();
            last = new Answer(State.KNOWN, before.state == State.KNOWN ? before.since : now, "", now, statistics);
            note(statistics, now);
        } catch (LinkageError e) { // the jar of the dashboard alone
            put(State.UNREADABLE, before, "this program has no client of " + title + "; './offerstorm dashboard' has");
        } catch (IOException | RuntimeException e) { // the page shows any failure, and the probe continues
            if (before.state != State.UNKNOWN) {
                LOG.warn("No figures of {} for now: {}", title, Messages.of(e));
            }
            put(State.UNKNOWN, before, WithoutAddresses.of(Messages.of(e)));
        } finally {
            asked = 0;
        }
    }

    private void put(State state, Answer before, String reason) {
        last = new Answer(
                state, before.state == state ? before.since : clock.millis(), reason, before.at, before.statistics);
    }

    private void note(StoreStatistics statistics, long now) {
        StoreView view = view();
        statistics.figures().forEach(figure -> day.put(view.series(figure), now / 60_000, (double) figure.value()));
    }

    /** Does not wait for an answer that is on its way. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
