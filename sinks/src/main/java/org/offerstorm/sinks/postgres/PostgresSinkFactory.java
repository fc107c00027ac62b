package org.offerstorm.sinks.postgres;

import org.offerstorm.core.sink.Sink;
import org.offerstorm.core.sink.SinkContext;
import org.offerstorm.core.sink.SinkFactory;

/** Makes {@link PostgresSink}s on the worker. */
public record PostgresSinkFactory(PostgresConfig config) implements SinkFactory {
    @Override
    public Sink create(SinkContext context) {
        return new PostgresSink(config, context.group());
    }
}
