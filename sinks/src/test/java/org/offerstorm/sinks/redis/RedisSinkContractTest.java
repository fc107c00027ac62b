package org.offerstorm.sinks.redis;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.offerstorm.core.sink.Sink;
import org.offerstorm.core.sink.SinkContext;
import org.offerstorm.sinks.contract.SinkContract;

final class RedisSinkContractTest extends SinkContract {
    @RegisterExtension
    static final RedisUnderTest REDIS = new RedisUnderTest();

    @Override
    protected Sink open(SinkContext context) {
        return new RedisSinkFactory(REDIS.config()).create(context);
    }

    @Override
    protected Map<String, Long> counts() throws IOException {
        return REDIS.counts();
    }

    @Override
    protected boolean isFilledAgainByTheSpout() {
        return true;
    }
}
