package org.offerstorm.tools.verify;

import org.offerstorm.core.sink.SinkKind;

/**
 * What is compared with the topic.
 *
 * @param word as it is in reports
 */
public record Store(String word) {
    public static final Store DEAD_LETTERS = new Store("dead letters");

    /** The store of a sink. */
    public static Store of(SinkKind<?> sink) {
        return new Store(sink.name());
    }
}
