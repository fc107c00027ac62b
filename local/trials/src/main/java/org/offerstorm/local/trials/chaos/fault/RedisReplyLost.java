package org.offerstorm.local.trials.chaos.fault;

import java.time.Duration;
import org.offerstorm.local.cluster.Waiting;
import org.offerstorm.local.servers.proxy.TcpProxy;
import org.offerstorm.local.trials.chaos.site.Fault;
import org.offerstorm.local.trials.chaos.site.Site;

/** Redis does what it is asked, and its answer is lost. */
final class RedisReplyLost implements Fault {
    private static final int TIMES = 8;
    private static final int ONE_CALL_MILLIS = 500;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

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
            Waiting.until("a reply of Redis is lost", PATIENCE, () -> {
                // Again and again: who was cut off comes back on a new connection. Seldom enough to let it log in.
                redis.dropReplies();
                Thread.sleep(ONE_CALL_MILLIS);
                return redis.repliesLost() > before;
            });
        }
        site.log("redis-reply-lost: " + redis.repliesLost() + " replies were lost so far");
    }

    @Override
    public void heal(Site site) {
        site.proxies().redis().pass();
    }
}
