package org.offerstorm.dashboard.live;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import org.offerstorm.core.config.RedisConfig;
import org.offerstorm.core.model.Cell;
import org.offerstorm.sinks.redis.CountedChange;
import org.offerstorm.sinks.redis.RedisLive;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one reader of Redis: a thread that waits for changes and turns them into updates, at most ten a second. While Redis
 * is away it keeps what it knew, says so, and tries again. All it hands out is immutable and may be read by any thread.
 */
public final class LiveTable implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LiveTable.class);

    /** Between two updates. */
    static final Duration PACE = Duration.ofMillis(100);
    /** Latest changes, for a feed that begins. */
    private static final int RECENT = 100;
    /** Changes that are read at once; bounds memory, for a change may move many cells. */
    private static final int PAGE = 500;

    private static final Duration RETRY = Duration.ofMillis(500);
    private static final long SECOND = 1_000;
    private static final long MINUTE = 60_000;
    /** Old records may be read again at any time: all minutes are looked at so often. */
    private static final long ALL_RATES = 10_000;
    /** A record may be late: the last minutes' rates still grow. */
    private static final int LATE_MINUTES = 3;

    private final RedisLive redis;
    private final InstantSource clock;
    private final Duration patience;
    private final Thread thread;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final Updates updates = new Updates();

    private volatile Table table = Table.EMPTY;
    private volatile Link link;
    private volatile LastMinute lastMinute = LastMinute.NONE;
    private volatile HistoryView history = HistoryView.EMPTY;
    private volatile List<CountedChange> recentView = List.of();
    /** Difference of the clock of Redis to this machine's, ms. */
    private volatile long skew;

    /** Grows once a second, whatever happens: a sign of life. */
    private volatile long beat;

    private volatile boolean closed;

    // The reader's own.
    private Window window = new Window();
    private History past = new History();
    private final ArrayDeque<CountedChange> recent = new ArrayDeque<>();
    private boolean known;
    private long figuresAt;
    private long ratesAt;

    private LiveTable(RedisConfig config, InstantSource clock) {
        this.redis = new RedisLive(config);
        this.clock = clock;
        this.patience = config.timeout().dividedBy(2).compareTo(Duration.ofMillis(500)) < 0
                ? config.timeout().dividedBy(2)
                : Duration.ofMillis(500);
        this.link = new Link(false, clock.millis(), "not asked yet");
        this.thread = new Thread(this::follow, "redis-reader");
        this.thread.setDaemon(true);
    }

    /**
     * Starts reading; does not wait for Redis.
     *
     * @throws IllegalArgumentException if {@code redis.uri} is no address
     */
    public static LiveTable start(RedisConfig config, InstantSource clock) {
        LiveTable live = new LiveTable(config, clock);
        live.thread.start();
        return live;
    }

    /** Calls {@code listener} on the reader's thread after whatever changed; it must be quick. */
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    public Table table() {
        return table;
    }

    public Updates updates() {
        return updates;
    }

    public Link link() {
        return link;
    }

    public LastMinute lastMinute() {
        return lastMinute;
    }

    public HistoryView history() {
        return history;
    }

    /** Number of the last minute, the history and the link; grows once a second at least. */
    public long beat() {
        return beat;
    }

    /** The latest changes, oldest first. */
    public List<CountedChange> recent() {
        return recentView;
    }

    /** The clock of Redis, as well as it is known; ms since 1970. */
    public long now() {
        return clock.millis() + skew;
    }

    /** Ends the reader. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(Duration.ofSeconds(10).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void follow() {
        while (!closed) {
            try {
                if (!known) {
                    begin();
                }
                look();
                Thread.sleep(PACE.toMillis());
                redis.await(table.newest(), patience);
            } catch (IOException | RuntimeException e) { // whatever it is, the page says so and the reader goes on
                if (!closed) {
                    away(e);
                    pause();
                }
            } catch (InterruptedException e) {
                break;
            }
        }
        redis.close();
    }

    /** What the stream still tells of the time before. */
    private void begin() throws IOException {
        window = new Window();
        past = new History();
        recent.clear();
        Sum sum = new Sum(RedisLive.START);
        catchUp(sum);
        RedisLive.State state = redis.read(sum.last());
        take(state.changes(), sum);
        publish(state, sum, true);
        known = true;
    }

    /** Reads what happened since the last time; publishes it if something did. */
    private void look() throws IOException {
        Sum sum = new Sum(table.newest());
        if (!link.up()) {
            catchUp(sum); // it may be much
        }
        RedisLive.State state = redis.read(sum.last());
        take(state.changes(), sum);
        boolean explained = explains(state, sum);
        if (!sum.isEmpty() || !explained) {
            publish(state, sum, !explained);
        }
        figures(state.now());
        if (!link.up()) {
            LOG.info("Redis {} answers", redis.address());
            link = new Link(true, clock.millis(), "");
            nextBeat();
        }
    }

    private void catchUp(Sum sum) throws IOException {
        List<CountedChange> page;
        do {
            page = redis.changes(sum.last(), PAGE);
            take(page, sum);
        } while (page.size() == PAGE);
    }

    private void take(List<CountedChange> changes, Sum sum) {
        sum.add(changes);
        for (CountedChange change : changes) {
            window.add(change);
            past.add(change);
            if (recent.size() == RECENT) {
                recent.removeFirst();
            }
            recent.addLast(change);
        }
    }

    /** Whether the table is what the changes made of the one before; it is not if Redis lost or trimmed some. */
    private boolean explains(RedisLive.State state, Sum sum) {
        if (!state.newest().equals(sum.last())) {
            return false;
        }
        Set<Cell> cells = new HashSet<>(table.counts().keySet());
        cells.addAll(state.counts().keySet());
        for (Cell cell : cells) {
            long expected = table.counts().getOrDefault(cell, 0L) + sum.by(cell);
            if (expected != state.counts().getOrDefault(cell, 0L)) {
                return false;
            }
        }
        return true;
    }

    private void publish(RedisLive.State state, Sum sum, boolean whole) {
        Table before = table;
        if (state.newest().equals(RedisLive.START)) {
            recent.clear(); // an empty stream: Redis was emptied, or never counted
        }
        CountedChange newest = recent.peekLast();
        long total = 0;
        for (long count : state.counts().values()) {
            total += count;
        }
        Table after = new Table(
                before.number() + 1,
                state.counts(),
                state.newest(),
                newest == null ? 0 : newest.at(),
                newest == null ? 0 : newest.writtenAt(),
                total);
        updates.add(sum.from(before.newest(), after, whole));
        recentView = List.copyOf(recent);
        table = after;
        tell();
    }

    /** Once a second: what is derived from the changes, or read beside them. */
    private void figures(long now) throws IOException {
        skew = now - clock.millis();
        if (now - figuresAt < SECOND && now >= figuresAt) {
            return;
        }
        figuresAt = now;
        long minute = now / MINUTE;
        if (ratesAt / MINUTE != minute || now - ratesAt > ALL_RATES) {
            past.rates(redis.rates(minute - History.MINUTES + 1, minute));
            ratesAt = now;
        } else {
            past.latestRates(redis.rates(minute - LATE_MINUTES + 1, minute));
        }
        lastMinute = window.lastMinute(now);
        history = past.view(now, categories());
        nextBeat();
    }

    private Set<String> categories() {
        Set<String> categories = new TreeSet<>();
        table.counts().keySet().forEach(cell -> categories.add(cell.category()));
        return categories;
    }

    private void away(Exception e) {
        String message = e.getMessage() == null ? e.toString() : e.getMessage();
        if (link.up() || link.message().equals("not asked yet")) {
            LOG.warn("{}; the page shows what was known, and goes on when it answers", message);
            LOG.debug("Reading Redis", e);
            link = new Link(false, clock.millis(), message);
        }
        nextBeat();
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // the reader's thread alone
    private void nextBeat() {
        beat++;
        tell();
    }

    private void tell() {
        listeners.forEach(Runnable::run);
    }

    private static void pause() {
        try {
            Thread.sleep(RETRY.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
