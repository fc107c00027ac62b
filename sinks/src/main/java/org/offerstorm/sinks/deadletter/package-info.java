/**
 * Dead letters in a Kafka topic.
 *
 * <pre>
 *   key      epoch/topic/partition/offset of the refused record: its replays collapse under compaction
 *   value    the record's value, byte for byte (empty, with a header that says so, if the record had none)
 *   headers  reason, stage, detail, the record's raw key, its position and timestamp, the time of the refusal
 * </pre>
 *
 * A letter that an operator dropped or replayed is followed by its {@link org.offerstorm.sinks.deadletter.SettledLetter
 * mark} under the key {@code settled/stage/} and the letter's: no bytes of the record, the headers of position, reason and
 * stage, and what was done when; and by a record without value under the letter's key, which lets compaction take the letter.
 * A mark holds for letters that come later, too.
 *
 * <p>Invariant: a refused record has the same key each time it is refused, so compaction leaves one letter.
 */
package org.offerstorm.sinks.deadletter;
