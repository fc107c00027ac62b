package org.offerstorm.sinks.redis;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisDataException;

/** Looks at a server once after connecting: what would lose or drop counts is refused, or at least said. */
final class RedisCheck {
    private static final Logger LOG = LoggerFactory.getLogger(RedisCheck.class);

    private RedisCheck() {}

    /** Why this server must not be written to, or null. */
    static String refusal(Jedis jedis, RedisKeys keys, long buckets) {
        Map<String, String> info = info(jedis.info());
        String policy = info.getOrDefault("maxmemory_policy", "noeviction");
        if (!policy.equals("noeviction")) {
            return "has maxmemory-policy " + policy
                    + ", which drops counters when memory is full; set it to noeviction (CONFIG SET maxmemory-policy"
                    + " noeviction, and in the server's configuration)";
        }
        if (info.getOrDefault("aof_enabled", "1").equals("0")
                || !fsync(jedis).orElse("always").equals("always")) {
            LOG.warn("Redis does not keep what it acknowledged over a crash; what it lost is read again from the topic."
                    + " Set appendonly yes and appendfsync always to avoid that.");
        }
        String stored = jedis.hget(keys.meta(), "buckets");
        if (stored != null && !stored.equals(Long.toString(buckets))) {
            LOG.warn(
                    "redis.expected-offers asks for {} state buckets, but the state {} has {} and keeps them; only"
                            + " memory use depends on it",
                    buckets,
                    keys.prefix(),
                    stored);
        }
        return null;
    }

    /** {@code appendfsync}; nothing if the server does not reveal it, as with managed services. */
    static Optional<String> fsync(Jedis jedis) {
        try {
            return Optional.ofNullable(jedis.configGet("appendfsync").get("appendfsync"));
        } catch (JedisDataException e) {
            LOG.debug("CONFIG GET is not allowed", e);
            return Optional.empty();
        }
    }

    /** The fields of an INFO reply. */
    static Map<String, String> info(String reply) {
        Map<String, String> info = new HashMap<>();
        reply.lines().forEach(line -> {
            int colon = line.indexOf(':');
            if (colon > 0) {
                info.put(line.substring(0, colon), line.substring(colon + 1).strip());
            }
        });
        return info;
    }
}
