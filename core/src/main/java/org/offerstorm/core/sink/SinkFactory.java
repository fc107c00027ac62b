package org.offerstorm.core.sink;

import java.io.Serializable;

/**
 * Travels in the serialized topology and makes the sink on the worker. Secrets in its configuration are still unresolved
 * references until then.
 */
@FunctionalInterface
public interface SinkFactory extends Serializable {
    /** Makes the sink; does not connect. */
    Sink create(SinkContext context);
}
