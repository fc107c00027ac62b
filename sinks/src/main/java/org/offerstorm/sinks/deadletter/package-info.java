/**
 * Dead letters in a Kafka topic.
 *
 * <pre>
 *   key      epoch/topic/partition/offset of the refused record: its replays collapse under compaction
 *   value    the record's value, byte for byte (empty, with a header that says so, if the record had none)
 *   headers  reason, stage, detail, the record's raw key, where it stood and when, when it was refused
 * </pre>
 */
package org.offerstorm.sinks.deadletter;
