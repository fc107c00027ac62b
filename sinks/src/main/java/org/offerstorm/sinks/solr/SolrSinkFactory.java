package org.offerstorm.sinks.solr;

import java.util.Objects;
import org.offerstorm.core.sink.Sink;
import org.offerstorm.core.sink.SinkContext;
import org.offerstorm.core.sink.SinkFactory;

/** Makes a {@link SolrSink} on the worker. */
public record SolrSinkFactory(SolrConfig config) implements SinkFactory {
    public SolrSinkFactory {
        Objects.requireNonNull(config, "config");
    }

    @Override
    public Sink create(SinkContext context) {
        return new SolrSink(config, context);
    }
}
