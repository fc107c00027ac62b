package org.offerstorm.local.trials.chaos.fault;

import java.time.Duration;
import org.offerstorm.local.trials.chaos.site.Fault;
import org.offerstorm.local.trials.chaos.site.Site;
import redis.clients.jedis.Jedis;

/** Redis has lost everything. */
final class RedisEmpty implements Fault {
    @Override
    public String name() {
        return "redis-empty";
    }

    @Override
    public String description() {
        return "Redis is emptied, as after the loss of its disk. Its coverage shows it: the topic is read again from its"
                + " start, the counts are exact again, and HDFS and Solr drop the replays.";
    }

    @Override
    public Duration lasts() {
        return Duration.ZERO;
    }

    @Override
    public void inject(Site site) {
        try (Jedis jedis = RedisServer.connect(site.direct())) {
            site.log("redis-empty: " + jedis.dbSize() + " keys are deleted");
            jedis.flushAll();
        }
    }

    @Override
    public void heal(Site site) {
        // Nobody brings the data back but the stream.
    }
}
