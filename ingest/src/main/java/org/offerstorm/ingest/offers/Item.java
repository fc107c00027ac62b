package org.offerstorm.ingest.offers;

/**
 * One offer or deletion of a request, not yet believed.
 *
 * @param line of the body, from 1, if each item is a line; else 0
 * @param bytes JSON as it was sent; never changed
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Item(int line, byte[] bytes) {}
