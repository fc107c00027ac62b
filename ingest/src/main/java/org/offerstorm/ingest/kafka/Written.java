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
     * Kafka takes no such record, however often it is sent.
     *
     * @param why Kafka's words
     */
    record Refused(String why) implements Written {}

    /** Kafka did not confirm it. */
    record Unconfirmed(Outage outage) implements Written {}
}
