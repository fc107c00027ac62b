package org.offerstorm.tools.deadletters;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.offerstorm.core.config.SourceConfig;

/** Fields of a letter in JSON, the same for a list and for one. */
final class LetterJson {
    private LetterJson() {}

    static void write(JsonGenerator json, SourceConfig source, LetterRow row) throws IOException {
        json.writeStringField("position", row.position().shown(source));
        json.writeNumberField("epoch", row.position().epoch());
        json.writeStringField("topic", row.position().topic());
        json.writeNumberField("partition", row.position().partition());
        json.writeNumberField("offset", row.position().offset());
        json.writeStringField("stage", row.stage());
        json.writeStringField("reason", row.reason());
        json.writeStringField("detail", row.detail());
        json.writeStringField(
                "refused_at", Instant.ofEpochMilli(row.refusedAtMillis()).toString());
        json.writeStringField(
                "record_at", Instant.ofEpochMilli(row.recordMillis()).toString());
        json.writeStringField(
                "key", row.keyBytes() == (row.key() == null ? -1 : row.key().length) ? text(row.key()) : null);
        size(json, "key_bytes", row.keyBytes());
        size(json, "value_bytes", row.valueBytes());
    }

    /** As text, if the bytes are UTF-8; else null. */
    static String text(byte[] bytes) {
        if (bytes == null) {
            return null;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private static void size(JsonGenerator json, String name, int bytes) throws IOException {
        if (bytes < 0) {
            json.writeNullField(name);
        } else {
            json.writeNumberField(name, bytes);
        }
    }
}
