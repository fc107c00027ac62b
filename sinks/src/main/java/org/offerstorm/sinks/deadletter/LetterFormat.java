package org.offerstorm.sinks.deadletter;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.offerstorm.core.model.Source;
import org.offerstorm.core.model.SourcePosition;
import org.offerstorm.core.sink.DeadLetter;
import org.offerstorm.sinks.deadletter.SettledLetter.Settlement;

/** A dead letter, or the mark of a settled one, as a Kafka record, and back. Header values are UTF-8 text, but for the raw key. */
final class LetterFormat {
    private static final String REASON = "reason";
    private static final String STAGE = "stage";
    private static final String DETAIL = "detail";
    /** The record's raw key, any bytes; null if it had none. */
    private static final String KEY = "source-key";
    /** Present if the record had no value: a letter without one would be a deletion to the topic's compaction. */
    private static final String NO_VALUE = "source-value-null";

    private static final String TOPIC = "source-topic";
    private static final String TOPIC_ID = "source-topic-id";
    private static final String EPOCH = "source-epoch";
    private static final String PARTITIONS = "source-partitions";
    private static final String PARTITION = "source-partition";
    private static final String OFFSET = "source-offset";
    /** The record's Kafka timestamp, milliseconds since 1970 UTC. */
    private static final String TIMESTAMP = "source-timestamp";

    private static final String REFUSED_AT = "refused-at";
    /** Of a mark: what the operator did, lower case. */
    private static final String SETTLED = "settled";

    private static final String SETTLED_AT = "settled-at";
    private static final String REPLAYED_TO = "replayed-to";
    private static final byte[] EMPTY = {};

    private LetterFormat() {}

    static ProducerRecord<byte[], byte[]> write(String topic, DeadLetter letter, long nowMillis) {
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(topic, bytes(letter.letterKey()), letter.value() == null ? EMPTY : letter.value());
        Headers headers = record.headers();
        describe(letter.source(), letter.position(), letter.stage(), letter.reason(), headers);
        headers.add(DETAIL, bytes(letter.detail()));
        headers.add(KEY, letter.key());
        if (letter.value() == null) {
            headers.add(NO_VALUE, EMPTY);
        }
        headers.add(REFUSED_AT, bytes(Long.toString(nowMillis)));
        return record;
    }

    /**
     * The mark of a settled letter, under a separate key: a letter that is written again, by a stream that is behind or reads
     * again, would replace a mark under its own key. The value is empty, not null: compaction would take that for
     * a deletion, and remove the mark in the end.
     */
    static ProducerRecord<byte[], byte[]> write(String topic, SettledLetter letter) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, markKey(letter), EMPTY);
        Headers headers = record.headers();
        describe(letter.source(), letter.position(), letter.stage(), letter.reason(), headers);
        headers.add(SETTLED, bytes(letter.how().name().toLowerCase(Locale.ROOT)));
        headers.add(SETTLED_AT, bytes(Long.toString(letter.atMillis())));
        headers.add(REPLAYED_TO, bytes(letter.replayedTo()));
        return record;
    }

    /** Has compaction remove the bytes of the letter. */
    static ProducerRecord<byte[], byte[]> tombstone(String topic, SettledLetter letter) {
        return new ProducerRecord<>(topic, bytes(letter.letterKey()), null);
    }

    /** Key of the mark that settles a letter of this stage. */
    static byte[] markKey(LetterEntry letter) {
        return bytes("settled/" + letter.stage() + "/" + letter.letterKey());
    }

    private static void describe(Source source, SourcePosition position, String stage, String reason, Headers headers) {
        headers.add(REASON, bytes(reason));
        headers.add(STAGE, bytes(stage));
        headers.add(TOPIC, bytes(source.topic()));
        headers.add(TOPIC_ID, bytes(source.topicId()));
        headers.add(EPOCH, bytes(Integer.toString(source.epoch())));
        headers.add(PARTITIONS, bytes(Integer.toString(source.partitions())));
        headers.add(PARTITION, bytes(Integer.toString(position.partition())));
        headers.add(OFFSET, bytes(Long.toString(position.offset())));
        headers.add(TIMESTAMP, bytes(Long.toString(position.timestampMillis())));
    }

    /** Nothing if the record is neither a dead letter of ours nor the mark of one. */
    static Optional<LetterEntry> read(ConsumerRecord<byte[], byte[]> record) {
        Headers headers = record.headers();
        boolean settled = headers.lastHeader(SETTLED) != null;
        if (headers.lastHeader(REASON) == null
                || (headers.lastHeader(KEY) == null && !settled)
                || record.value() == null) {
            return Optional.empty();
        }
        try {
            Source source = new Source(
                    text(headers, TOPIC),
                    text(headers, TOPIC_ID),
                    Integer.parseInt(text(headers, EPOCH)),
                    Integer.parseInt(text(headers, PARTITIONS)));
            SourcePosition position = new SourcePosition(
                    Integer.parseInt(text(headers, PARTITION)),
                    Long.parseLong(text(headers, OFFSET)),
                    Long.parseLong(text(headers, TIMESTAMP)));
            if (settled) {
                return Optional.of(new SettledLetter(
                        source,
                        position,
                        text(headers, STAGE),
                        text(headers, REASON),
                        Settlement.valueOf(text(headers, SETTLED).toUpperCase(Locale.ROOT)),
                        Long.parseLong(text(headers, SETTLED_AT)),
                        text(headers, REPLAYED_TO)));
            }
            byte[] value = headers.lastHeader(NO_VALUE) == null ? record.value() : null;
            DeadLetter letter = new DeadLetter(
                    source,
                    position,
                    headers.lastHeader(KEY).value(),
                    value,
                    text(headers, STAGE),
                    text(headers, REASON),
                    text(headers, DETAIL));
            return Optional.of(new StoredLetter(letter, Long.parseLong(text(headers, REFUSED_AT))));
        } catch (IllegalArgumentException e) { // a header is missing, or is not a number or a word of ours
            return Optional.empty();
        }
    }

    private static String text(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        if (header == null || header.value() == null) {
            throw new IllegalArgumentException("no header " + name);
        }
        return new String(header.value(), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
