package org.offerstorm.sinks.redis;

import redis.clients.jedis.Jedis;

/** Makes connections to one Redis. */
@FunctionalInterface
public interface RedisConnector {
    /**
     * Connects and logs in.
     *
     * @param millis deadline of each step
     * @throws RuntimeException if that is not possible now
     */
    Jedis connect(long millis);
}
