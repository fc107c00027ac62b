package org.offerstorm.sinks.solr;

import java.time.Duration;

/**
 * How soon changes must be searchable: as configured while the stream is calm, later in proportion to the load, because
 * each searcher costs as much as thousands of documents. Measured: with a searcher each second, the throughput is nearly
 * half of that with one each five seconds.
 */
final class CommitPace {
    /** Up to so many changes a second the stream is calm. */
    static final int CALM_PER_SECOND = 1_000;

    private static final long WINDOW_MILLIS = 1_000;

    private final long calmMillis;
    private final int tasks;
    private long windowStart;
    private long inWindow;
    private long lastRate;

    /**
     * @param calm commitWithin of a calm stream
     * @param tasks tasks that write at the same time, each with its share of the load
     */
    CommitPace(Duration calm, int tasks) {
        this.calmMillis = Math.max(1, Math.min(calm.toMillis(), SolrSink.MAX_COMMIT_WITHIN_MILLIS));
        this.tasks = tasks;
    }

    /** commitWithin for a request with {@code changes} at {@code nowMillis}. */
    int commitWithinMillis(int changes, long nowMillis) {
        long elapsed = nowMillis - windowStart;
        if (elapsed >= WINDOW_MILLIS || elapsed < 0) {
            lastRate = elapsed < 0 ? inWindow : inWindow * WINDOW_MILLIS / elapsed;
            windowStart = nowMillis;
            inWindow = 0;
        }
        inWindow += changes;
        long rate = Math.max(lastRate, inWindow) * tasks;
        long millis = Math.max(calmMillis, calmMillis * rate / CALM_PER_SECOND);
        return (int) Math.min(SolrSink.MAX_COMMIT_WITHIN_MILLIS, millis);
    }
}
