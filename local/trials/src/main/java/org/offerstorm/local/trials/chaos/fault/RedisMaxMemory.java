package org.offerstorm.local.trials.chaos.fault;

import java.time.Duration;
import org.offerstorm.local.trials.chaos.site.Fault;
import org.offerstorm.local.trials.chaos.site.Site;
import redis.clients.jedis.Jedis;

/** Redis has less memory than it uses. */
final class RedisMaxMemory implements Fault {
    private static final String OPTION = "maxmemory";

    @Override
    public String name() {
        return "redis-maxmemory";
    }

    @Override
    public String description() {
        return "For 15 s Redis' maxmemory is half of what it uses: it refuses writes and evicts nothing. The stream waits and"
                + " says why.";
    }

    @Override
    public Duration lasts() {
        return Duration.ofSeconds(15);
    }

    @Override
    public void inject(Site site) {
        try (Jedis jedis = RedisServer.connect(site.direct())) {
            long limit = RedisServer.info(jedis, "memory", "used_memory") / 2;
            jedis.configSet(OPTION, Long.toString(limit));
            site.log("redis-maxmemory: limit is " + limit + " bytes");
        }
    }

    @Override
    public void heal(Site site) {
        try (Jedis jedis = RedisServer.connect(site.direct())) {
            jedis.configSet(OPTION, "0");
        }
    }
}
