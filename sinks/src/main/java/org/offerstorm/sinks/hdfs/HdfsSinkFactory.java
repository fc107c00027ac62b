package org.offerstorm.sinks.hdfs;

import org.offerstorm.core.sink.Sink;
import org.offerstorm.core.sink.SinkContext;
import org.offerstorm.core.sink.SinkFactory;

/** Makes {@link HdfsSink}s on the workers. */
public record HdfsSinkFactory(HdfsConfig config) implements SinkFactory {
    private static final long serialVersionUID = 1L;

    @Override
    public Sink create(SinkContext context) {
        return new HdfsSink(config, context);
    }
}
