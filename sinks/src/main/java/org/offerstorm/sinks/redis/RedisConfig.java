package org.offerstorm.sinks.redis;

import java.io.Serializable;
import java.time.Duration;
import org.offerstorm.core.tls.Tls;

/**
 * Where offers are counted.
 *
 * @param uri {@code redis://[user:password@]host:port[/db]} or {@code rediss://…}; may name secrets, {@code ${file:path}}
 * @param tag hash tag that all keys share, so they are in one slot of a Redis cluster
 * @param expectedOffers live and deleted offers to expect; sets the number of state buckets, once, at the first write
 * @param timeout deadline of one call, at most 5 s
 * @param tls of {@code rediss://}
 */
public record RedisConfig(String uri, String tag, long expectedOffers, Duration timeout, Tls tls)
        implements Serializable {
    /** With what the JVM is set to. */
    public RedisConfig(String uri, String tag, long expectedOffers, Duration timeout) {
        this(uri, tag, expectedOffers, timeout, Tls.OF_JAVA);
    }
}
