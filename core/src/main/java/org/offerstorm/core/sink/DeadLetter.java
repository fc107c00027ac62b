package org.offerstorm.core.sink;

import org.offerstorm.core.model.Source;
import org.offerstorm.core.model.SourcePosition;
import org.offerstorm.core.model.SourceRecord;
import org.offerstorm.core.text.PlainText;

/**
 * A record that will not be counted, kept whole with the reason.
 *
 * @param key raw key, may be null
 * @param value raw value, may be null
 * @param stage component that refused it: {@code spout}, {@code parse}, {@code solr}
 * @param reason machine-readable code, as docs/input.md lists them
 * @param detail for people; at most {@value #MAX_DETAIL} characters, one line
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record DeadLetter(
        Source source, SourcePosition position, byte[] key, byte[] value, String stage, String reason, String detail) {
    public static final int MAX_DETAIL = 200;

    /** Reason of a sink that refuses one change alone; the stage is the sink's name. */
    public static final String SINK_REJECTED = "sink_rejected";

    /** Reason of the spout, for records that the log dropped before they were read. */
    public static final String GAP = "gap";

    public DeadLetter {
        detail = detail == null ? "" : PlainText.blanked(detail, MAX_DETAIL);
    }

    public static DeadLetter of(Source source, SourceRecord record, String stage, String reason, String detail) {
        return new DeadLetter(source, record.position(), record.key(), record.value(), stage, reason, detail);
    }

    /** {@code epoch/topic/partition/offset}: replays of the record collapse under compaction. */
    public String letterKey() {
        return letterKey(source, position);
    }

    /** The same of any position. */
    public static String letterKey(Source source, SourcePosition position) {
        return source.epoch() + "/" + source.topic() + "/" + position.partition() + "/" + position.offset();
    }
}
