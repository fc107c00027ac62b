package org.offerstorm.ingest.web;

/**
 * Bounds of the server.
 *
 * @param headerMillis from the first byte of a request to the end of its header
 * @param bodyMillis from there to the end of its body
 * @param idleMillis between two requests
 * @param answerMillis without a byte of an answer being taken; more than all that may pass between two answers of a
 *     connection: idle, header, body, Kafka
 * @param connections at a time; more wait until others have ended
 * @param bodyBytes of one request, and of what it unpacks to
 * @param memoryBytes of all bodies that are being read or written
 * @param atOnce requests without idempotency key that wait for Kafka
 * @param keyedAtOnce those with one, which wait longer, because their transactions follow one another
 * @param readsAtOnce requests that wait for Solr
 */
record IngestLimits(
        int headerMillis,
        int bodyMillis,
        int idleMillis,
        int answerMillis,
        int connections,
        int bodyBytes,
        long memoryBytes,
        int atOnce,
        int keyedAtOnce,
        int readsAtOnce) {
    static final IngestLimits DEFAULT =
            new IngestLimits(10_000, 30_000, 60_000, 150_000, 1_000, 8 << 20, 64 << 20, 64, 64, 16);
}
