package org.offerstorm.core.model;

/**
 * Where a record is in its log.
 *
 * @param partition Kafka partition, from 0
 * @param offset offset in the partition, from 0
 * @param timestampMillis the record's Kafka timestamp, milliseconds since 1970 UTC; may be any value, also negative
 */
public record SourcePosition(int partition, long offset, long timestampMillis) {}
