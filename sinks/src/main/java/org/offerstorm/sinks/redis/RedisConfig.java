package org.offerstorm.sinks.redis;

import java.io.Serializable;
import java.time.Duration;
import org.offerstorm.core.tls.Tls;

/**
 * Where offers are counted.
 *
 * @param uri {@code redis://[user:password@]host:port[/db]} or {@code rediss://…}, or {@code redis-sentinel://…}; may name
 *     secrets, {@code ${file:path}}
 * @param tag hash tag that all keys share, so they are in one slot of a Redis cluster
 * @param expectedOffers live and deleted offers to expect; sets the number of state buckets, once, at the first write
 * @param timeout deadline of one call, at most 5 s
 * @param tls of {@code rediss://} and {@code rediss-sentinel://}
 * @param sentinelPassword of the Sentinels: a reference, or {@link #NO_PASSWORD}
 */
public record RedisConfig(
        String uri, String tag, long expectedOffers, Duration timeout, Tls tls, String sentinelPassword)
        implements Serializable {
    /** The Sentinels ask for none. */
    public static final String NO_PASSWORD = "none";

    /** With what the JVM is set to. */
    public RedisConfig(String uri, String tag, long expectedOffers, Duration timeout) {
        this(uri, tag, expectedOffers, timeout, Tls.OF_JAVA);
    }

    /** With Sentinels, if there are any, that ask for no password. */
    public RedisConfig(String uri, String tag, long expectedOffers, Duration timeout, Tls tls) {
        this(uri, tag, expectedOffers, timeout, tls, NO_PASSWORD);
    }

    /** The same with another deadline. */
    public RedisConfig within(Duration limit) {
        return new RedisConfig(uri, tag, expectedOffers, limit, tls, sentinelPassword);
    }
}
