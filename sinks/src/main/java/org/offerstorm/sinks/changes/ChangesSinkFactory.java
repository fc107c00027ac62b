package org.offerstorm.sinks.changes;

import org.offerstorm.core.sink.Sink;
import org.offerstorm.core.sink.SinkContext;
import org.offerstorm.core.sink.SinkFactory;
import org.offerstorm.sinks.redis.RedisConfig;

/**
 * Makes {@link ChangesSink}s on the worker.
 *
 * @param servers brokers of the topic, {@code host:port,…}
 * @param redis where the changes come from
 */
public record ChangesSinkFactory(ChangesConfig config, String servers, RedisConfig redis) implements SinkFactory {
    @Override
    public Sink create(SinkContext context) {
        return new ChangesSink(config, servers, redis, context.group(), context.clock());
    }
}
