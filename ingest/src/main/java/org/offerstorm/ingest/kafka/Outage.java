package org.offerstorm.ingest.kafka;

/**
 * Why Kafka did not confirm a record or a request.
 *
 * @param kind what is known of it, and who can do something
 * @param why for people, without an address
 */
public record Outage(Kind kind, String why) {
    /** No answer within the time that the sender waits. */
    public static final Outage LATE = new Outage(Kind.UNKNOWN, "Kafka did not answer in time");

    /** This server ends. */
    public static final Outage ENDED = new Outage(Kind.UNKNOWN, "the server ended before Kafka confirmed it");

    /** What is known. */
    public enum Kind {
        /** Nothing was sent; it helps to send it later. */
        NOT_SENT,
        /** It may or may not be in the topic; it helps to send it again. */
        UNKNOWN,
        /** Kafka refuses it, and will until the operator changes something. */
        OPERATOR
    }
}
