package org.offerstorm.ingest.kafka;

/** What became of an item. */
public sealed interface Written {
    /** All replicas have it. */
    record Stored(int partition, long offset) implements Written {}

    /**
     * The topic takes no record of this size.
     *
     * @param limit of the topic, in bytes
     */
    record TooLarge(int limit) implements Written {}

    /**
     * Kafka did not confirm it; it may or may not be in the topic.
     *
     * @param why for people, without an address
     */
    record Unconfirmed(String why) implements Written {}
}
