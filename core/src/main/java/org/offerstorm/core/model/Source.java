package org.offerstorm.core.model;

import java.io.Serializable;
import java.util.Objects;

/**
 * Identity of the log that records come from. Sinks store it and hold when it changes: a re-created topic starts its
 * offsets again, and added partitions move keys.
 *
 * @param topic topic name
 * @param topicId Kafka's own id of the topic, which changes when the topic is deleted and created again
 * @param epoch operator's counter of such changes, {@value #MIN_EPOCH} to {@value #MAX_EPOCH}
 * @param partitions number of the topic's partitions, at least 1
 */
public record Source(String topic, String topicId, int epoch, int partitions) implements Serializable {
    public static final int MIN_EPOCH = 1;
    /** {@code 31 << 48 | offset} stays below 2^53, so that a version survives Lua and JSON, whose numbers are doubles. */
    public static final int MAX_EPOCH = 31;

    private static final int OFFSET_BITS = 48;
    private static final long MAX_OFFSET = (1L << OFFSET_BITS) - 1;

    public Source {
        Objects.requireNonNull(topic, "topic");
        Objects.requireNonNull(topicId, "topicId");
        if (epoch < MIN_EPOCH || epoch > MAX_EPOCH) {
            throw new IllegalArgumentException(
                    "source epoch is " + epoch + "; it must be " + MIN_EPOCH + " to " + MAX_EPOCH);
        }
        if (partitions < 1) {
            throw new IllegalArgumentException(
                    "topic " + topic + " has " + partitions + " partitions; at least 1 needed");
        }
    }

    /**
     * Version of the record at {@code offset}: {@code epoch << 48 | offset}. A key keeps its partition, so along one key
     * versions only grow.
     */
    public long version(long offset) {
        if (offset < 0 || offset > MAX_OFFSET) {
            throw new IllegalArgumentException(
                    "offset " + offset + " of topic " + topic + " is outside 0.." + MAX_OFFSET);
        }
        return (long) epoch << OFFSET_BITS | offset;
    }
}
