package org.offerstorm.dashboard.live;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.offerstorm.sinks.redis.CountedChange;
import org.offerstorm.sinks.redis.RedisConfig;
import org.offerstorm.sinks.redis.RedisLive;
import org.offerstorm.tools.figures.StoreCalls;

/**
 * The one reader of Redis: a thread that waits for changes and turns them into updates, at most ten a second. While Redis
 * does not answer it keeps what it knew, says so, and tries again. All that it returns is immutable; any thread may read it.
 */
public final class LiveTable implements AutoCloseable {
    /** Between two updates. */
    private static final Duration PACE = Duration.ofMillis(100);

    private static final Duration PATIENCE = Duration.ofMillis(500);
    private static final Duration RETRY = Duration.ofMillis(500);

    private final RedisLive redis;
    private final Duration patience;
    private final RedisClock clock;
    private final LinkState link;
    private final Publisher publisher = new Publisher();
    private final RecentChanges recent = new RecentChanges();
    private final Figures figures;
    private final TableReader reader;
    private final Thread thread;
    private final StoreCalls calls = new StoreCalls();
    private volatile boolean closed;

    private LiveTable(RedisConfig config, InstantSource clock) {
        Duration half = config.timeout().dividedBy(2);
        this.redis = new RedisLive(config);
        this.patience = half.compareTo(PATIENCE) < 0 ? half : PATIENCE;
        this.clock = new RedisClock(clock);
        this.link = new LinkState(redis.address(), clock);
        this.figures = new Figures(redis);
        this.reader = new TableReader(redis, this.clock, publisher, recent, figures);
        this.thread = new Thread(this::follow, "redis-reader");
        this.thread.setDaemon(true);
    }

    /**
     * Starts reading; does not wait for Redis.
     *
     * @throws IllegalArgumentException if {@code redis.uri} is not an address
     */
    public static LiveTable start(RedisConfig config, InstantSource clock) {
        LiveTable live = new LiveTable(config, clock);
        live.thread.start();
        return live;
    }

    /** Calls {@code listener} on the reader's thread after each change; it must be quick. */
    public void onChange(Runnable listener) {
        publisher.onChange(listener);
    }

    public Table table() {
        return publisher.table();
    }

    public Updates updates() {
        return publisher.updates();
    }

    public Connection link() {
        return link.link();
    }

    /** How Redis has answered. */
    public StoreCalls calls() {
        return calls;
    }

    public LastMinute lastMinute() {
        return figures.lastMinute();
    }

    public HistoryView history() {
        return figures.history();
    }

    /** Number of the last minute, the history and the link; grows once a second at least. */
    public long beat() {
        return publisher.beat();
    }

    /** The latest changes, oldest first. */
    public List<CountedChange> recent() {
        return recent.view();
    }

    /** The clock of Redis, as well as it is known; ms since 1970. */
    public long now() {
        return clock.now();
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
                calls.time(() -> {
                    reader.read(!link.isUp());
                    return null;
                });
                if (!link.isUp()) {
                    link.up();
                    publisher.nextBeat();
                }
                Thread.sleep(PACE.toMillis());
                redis.await(publisher.table().newest(), patience);
            } catch (IOException | RuntimeException e) { // the page shows any failure, and the reader continues
                if (!closed) {
                    link.down(e);
                    publisher.nextBeat();
                    pause();
                }
            } catch (InterruptedException e) {
                break;
            }
        }
        redis.close();
    }

    private static void pause() {
        try {
            Thread.sleep(RETRY.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
