package org.offerstorm.local.chaos.fault;

import java.time.Duration;
import org.offerstorm.local.chaos.Fault;
import org.offerstorm.local.chaos.Site;
import org.offerstorm.local.chaos.proxy.TcpProxy;

/** Redis does what it is asked, and its answer is lost. */
final class RedisReplyLost implements Fault {
    private static final int TIMES = 8;

    @Override
    public String name() {
        return "redis-reply-lost";
    }

    @Override
    public String description() {
        return "Eight times the script runs in Redis, but its reply is lost and the connection reset. The chunk is sent again,"
                + " and counts once.";
    }

    @Override
    public Duration lasts() {
        return Duration.ZERO;
    }

    @Override
    public void inject(Site site) throws Exception {
        TcpProxy redis = site.proxies().redis();
        for (int i = 0; i < TIMES; i++) {
            long before = redis.repliesLost();
            redis.dropReplies();
            Waiting.until("Redis is asked something", Duration.ofSeconds(20), () -> redis.repliesLost() > before);
        }
        site.log("redis-reply-lost: " + redis.repliesLost() + " replies were lost so far");
    }

    @Override
    public void heal(Site site) {
        site.proxies().redis().pass();
    }
}
