package org.offerstorm.ingest.web;

import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.offerstorm.core.config.IngestConfig;

/**
 * How many items each sender may send: a token bucket that holds one second's worth. A request is taken while the bucket is
 * not empty, and pays for its items once they are counted, so a batch may leave a debt, and the next request waits until it
 * is paid. Any thread.
 */
final class RateLimits {
    private static final double NANOS = 1e9;

    private final int perSecond;
    private final LongSupplier nanos;
    private final Map<String, Bucket> buckets = new HashMap<>();

    private static final class Bucket {
        double tokens;
        long at;
    }

    /**
     * @param perSecond of each sender; {@link IngestConfig#NO_LIMIT} for none
     * @param nanos a clock that only advances
     */
    RateLimits(int perSecond, LongSupplier nanos) {
        this.perSecond = perSecond;
        this.nanos = nanos;
    }

    /** Seconds until a request of this sender is taken, rounded up; 0 if it is now. */
    synchronized int wait(String sender) {
        if (perSecond == IngestConfig.NO_LIMIT) {
            return 0;
        }
        double tokens = filled(sender).tokens;
        return tokens >= 1 ? 0 : Math.max(1, (int) Math.ceil((1 - tokens) / perSecond));
    }

    /** A request had this many items. */
    synchronized void pay(String sender, int items) {
        if (perSecond != IngestConfig.NO_LIMIT) {
            filled(sender).tokens -= items;
        }
    }

    private Bucket filled(String sender) {
        long now = nanos.getAsLong();
        Bucket bucket = buckets.computeIfAbsent(sender, any -> {
            Bucket full = new Bucket();
            full.tokens = perSecond;
            full.at = now;
            return full;
        });
        bucket.tokens = Math.min(perSecond, bucket.tokens + (now - bucket.at) / NANOS * perSecond);
        bucket.at = now;
        return bucket;
    }
}
