package org.offerstorm.sinks.redis;

import java.io.Serializable;
import java.time.Duration;

/**
 * Where offers are counted.
 *
 * @param uri {@code redis://[user:password@]host:port[/db]} or {@code rediss://…}; may name secrets, {@code ${file:path}}
 * @param tag hash tag that all keys share, so they are in one slot of a Redis cluster
 * @param expectedOffers live and deleted offers to expect; sets the number of state buckets, once, at the first write
 * @param timeout deadline of one call, at most 5 s
 */
public record RedisConfig(String uri, String tag, long expectedOffers, Duration timeout) implements Serializable {}
