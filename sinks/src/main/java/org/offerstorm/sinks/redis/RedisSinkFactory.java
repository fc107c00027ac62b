package org.offerstorm.sinks.redis;

import org.offerstorm.core.sink.Sink;
import org.offerstorm.core.sink.SinkContext;
import org.offerstorm.core.sink.SinkFactory;

/** Makes {@link RedisSink}s on the worker. */
public record RedisSinkFactory(RedisConfig config) implements SinkFactory {
    @Override
    public Sink create(SinkContext context) {
        return new RedisSink(config, context.clock());
    }
}
