package org.offerstorm.ingest.kafka;

/**
 * What a request is answered with.
 *
 * @param status of HTTP
 * @param body JSON; never changed
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record HttpAnswer(int status, byte[] body) {}
