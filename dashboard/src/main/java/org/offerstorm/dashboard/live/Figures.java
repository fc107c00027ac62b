package org.offerstorm.dashboard.live;

import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import org.offerstorm.sinks.redis.CountedChange;
import org.offerstorm.sinks.redis.RedisLive;

/**
 * The figures next to the table: the last minute and the last hours. They are derived from the changes or read along with
 * them, once a second. Used by the reader's thread; any thread may call {@link #lastMinute} and {@link #history}.
 */
final class Figures {
    private static final long SECOND = 1_000;
    private static final long MINUTE = 60_000;
    /** Old records may be read again at any time: all minutes are looked at so often. */
    private static final long ALL_RATES = 10_000;
    /** A record may be late: the last minutes' rates still grow. */
    private static final int LATE_MINUTES = 3;

    private final RedisLive redis;
    private Window window = new Window();
    private History past = new History();
    private long figuresAt;
    private long ratesAt;
    private volatile LastMinute lastMinute = LastMinute.NONE;
    private volatile HistoryView history = HistoryView.EMPTY;

    Figures(RedisLive redis) {
        this.redis = redis;
    }

    LastMinute lastMinute() {
        return lastMinute;
    }

    HistoryView history() {
        return history;
    }

    /** Forgets all changes. */
    void clear() {
        window = new Window();
        past = new History();
    }

    /** Newer changes only. */
    void add(CountedChange change) {
        window.add(change);
        past.add(change);
    }

    /**
     * Calculates them again if a second has passed.
     *
     * @param now clock of Redis, ms since 1970
     * @return whether they are new
     */
    boolean refresh(long now, Table table) throws IOException {
        if (now - figuresAt < SECOND && now >= figuresAt) {
            return false;
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
        history = past.view(now, categories(table));
        return true;
    }

    private static Set<String> categories(Table table) {
        Set<String> categories = new TreeSet<>();
        table.counts().keySet().forEach(cell -> categories.add(cell.category()));
        return categories;
    }
}
