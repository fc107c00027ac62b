/**
 * Writes items to the topic: {@link org.offerstorm.ingest.kafka.PlainWriter} those without an idempotency key, {@link
 * org.offerstorm.ingest.kafka.KeyedWriter} those with one, whose answer is kept in a second topic.
 *
 * <p>Invariant: the records of a request with a key and its answer are committed in one transaction, or not at all.
 */
package org.offerstorm.ingest.kafka;
