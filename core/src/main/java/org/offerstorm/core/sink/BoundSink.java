package org.offerstorm.core.sink;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.offerstorm.core.check.Check;

/**
 * A kind of sink with its configuration.
 *
 * @param config the kind's own record
 * @param neighbours what else is configured
 */
public record BoundSink<C extends Record & Serializable>(SinkKind<C> kind, C config, Neighbours neighbours) {
    /** See {@link SinkKind#factory}. */
    public SinkFactory factory() {
        return kind.factory(config, neighbours);
    }

    /** See {@link SinkKind#coverage}. */
    public Optional<CoverageReader.Factory> coverage() {
        return kind.coverage(config);
    }

    /** See {@link SinkKind#statistics}. */
    public Optional<StatisticsReader> statistics() {
        return kind.statistics(config);
    }

    /** See {@link SinkKind#health}. */
    public Check health(HealthContext context) {
        return kind.health(config, neighbours, context);
    }

    /** See {@link SinkKind#setup}. */
    public List<SetupStep> setup() {
        return kind.setup(config, neighbours);
    }
}
