package org.offerstorm.sinks.withdrawal;

import java.util.Objects;

/**
 * A record for the topic.
 *
 * @param partition null: by the key, as Kafka's producers do
 * @param key the offer's id in UTF-8
 * @param value null: a deletion
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record TopicRecord(Integer partition, byte[] key, byte[] value) {
    public TopicRecord {
        Objects.requireNonNull(key, "key");
    }

    /** Of key and value. */
    int bytes() {
        return key.length + (value == null ? 0 : value.length);
    }
}
