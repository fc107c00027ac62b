package org.offerstorm.ingest.kafka;

/** What became of a request with an idempotency key. */
public sealed interface Keyed {
    /**
     * It has an answer, which is kept.
     *
     * @param repeated whether an earlier request had it
     */
    record Answered(HttpAnswer answer, boolean repeated) implements Keyed {}

    /** The key was used for another request. */
    record OtherRequest() implements Keyed {}

    /** Kafka did not confirm it. If it was written, the same request with the same key is answered as if this one had been. */
    record Away(Outage outage) implements Keyed {}
}
