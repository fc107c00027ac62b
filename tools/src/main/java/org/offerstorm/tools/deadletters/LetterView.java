package org.offerstorm.tools.deadletters;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.core.config.SourceConfig;
import org.offerstorm.core.sink.DeadLetter;
import org.offerstorm.core.text.PlainText;
import org.offerstorm.core.text.Quote;
import org.offerstorm.sinks.deadletter.DeadLetterReader;
import org.offerstorm.sinks.deadletter.StoredLetter;

/** {@code dlq show}: all of one letter. */
public final class LetterView {
    private static final int SHOWN_BYTES = 64 << 10;

    private final SourceConfig source;
    private final StoredLetter stored;

    private LetterView(SourceConfig source, StoredLetter stored) {
        this.source = source;
        this.stored = stored;
    }

    /**
     * Looks for it.
     *
     * @throws NoSuchLetter if there is none
     * @throws IOException if the topic cannot be read
     */
    public static LetterView find(OfferstormConfig config, LetterPosition position) throws IOException, NoSuchLetter {
        LetterSelection selection = LetterSelection.of(List.of(position));
        Missing missing = new Missing(config.source(), selection.positions());
        StoredLetter[] found = new StoredLetter[1];
        new DeadLetterReader(config.source().bootstrapServers(), config.deadLetters()).forEach(entry -> {
            missing.see(entry);
            if (entry instanceof StoredLetter letter && selection.matches(letter)) {
                found[0] = letter;
            }
        });
        missing.check();
        return new LetterView(config.source(), found[0]);
    }

    /** The record's value, byte for byte; null if it had none. */
    public byte[] value() {
        return stored.letter().value();
    }

    /** For people: all that the letter holds, in plain characters only. */
    public String text() {
        DeadLetter letter = stored.letter();
        LetterPosition position = LetterPosition.of(stored);
        StringBuilder text = new StringBuilder();
        line(text, "position", position.shown(source));
        line(
                text,
                "record",
                PlainText.of(position.topic()) + "-" + position.partition() + "@" + position.offset() + ", epoch "
                        + position.epoch() + ", topic id "
                        + PlainText.of(letter.source().topicId())
                        + (letter.position().timestampMillis() < 0
                                ? ""
                                : ", written "
                                        + Instant.ofEpochMilli(letter.position().timestampMillis())));
        line(text, "refused", Instant.ofEpochMilli(stored.refusedAtMillis()) + " by " + PlainText.of(letter.stage()));
        line(text, "reason", PlainText.of(letter.reason()));
        line(text, "detail", PlainText.of(letter.detail()));
        line(text, "key", letter.key() == null ? "none" : size(letter.key().length) + ": " + Quote.of(letter.key()));
        byte[] value = letter.value();
        if (value == null) {
            line(text, "value", letter.stage().equals("spout") ? "none" : "none: the record was a deletion");
            return text.toString();
        }
        line(text, "value", size(value.length));
        byte[] shown = value.length > SHOWN_BYTES ? Arrays.copyOf(value, SHOWN_BYTES) : value;
        Quote.lines(shown).forEach(row -> text.append("  | ").append(row).append('\n'));
        if (shown.length < value.length) {
            text.append(String.format(
                    Locale.ROOT, "  … and %,d bytes more; --out FILE writes them all%n", value.length - shown.length));
        }
        return text.toString();
    }

    /** For programs: as in a list, and the bytes of key and value in Base64. */
    public String json() throws IOException {
        StringBuilder text = new StringBuilder();
        try (JsonGenerator json = ListFormat.generator(text)) {
            json.writeStartObject();
            LetterJson.write(json, source, LetterRow.of(stored));
            json.writeStringField("topic_id", stored.source().topicId());
            binary(json, "key_base64", stored.letter().key());
            json.writeStringField("value", LetterJson.text(value()));
            binary(json, "value_base64", value());
            json.writeEndObject();
        }
        return text.append('\n').toString();
    }

    private static void binary(JsonGenerator json, String name, byte[] bytes) throws IOException {
        if (bytes == null) {
            json.writeNullField(name);
        } else {
            json.writeBinaryField(name, bytes);
        }
    }

    private static String size(int bytes) {
        return String.format(Locale.ROOT, "%,d %s", bytes, bytes == 1 ? "byte" : "bytes");
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append(String.format(Locale.ROOT, "%-10s%s%n", name, value));
    }
}
