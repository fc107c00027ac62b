package org.offerstorm.tools.produce;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.offerstorm.core.parse.Utf8;
import org.offerstorm.core.text.Blanks;

/**
 * Finds the id of a line of JSON, and whether the line is a deletion: an object with exactly the fields {@code id} and
 * {@code deleted}, which is true. Reads no further than needed, so that a line which is broken behind its id can still
 * go to the topic, and from there to the dead letters. One thread.
 */
public final class LineId {
    private final JsonFactory factory = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
            .build();

    private String id;
    private boolean deletion;

    /** Key for the topic, or null if the line has no id. */
    public byte[] key() {
        return id == null ? null : id.getBytes(StandardCharsets.UTF_8);
    }

    /** Whether the line withdraws the offer. */
    public boolean isDeletion() {
        return deletion;
    }

    /**
     * Reads a line; the other methods tell what it was.
     *
     * @param length bytes of the line; those behind are not looked at
     */
    public void read(byte[] line, int length) throws IOException {
        id = null;
        deletion = false;
        if (isWide(line, length)) {
            return; // or Jackson would read it as UTF-16
        }
        try (JsonParser json = factory.createParser(line, 0, length)) {
            if (json.nextToken() == JsonToken.START_OBJECT) {
                readFields(json);
            }
        } catch (JsonProcessingException e) {
            // Broken: the id counts if it stood before.
            deletion = false;
        }
        if (id != null && !isSound(id)) {
            id = null;
        }
        // A deletion sends no value that the parser could refuse, so it must be sound here.
        deletion &= id != null && Utf8.firstMalformed(line, 0, length) < 0;
    }

    /** Whether the line seems to be UTF-16, UTF-32 or binary: its first bytes have a zero, or a mark of UTF-16. */
    public static boolean isWide(byte[] line, int length) {
        boolean wide = length >= 2 && (line[0] & 0xFE) == 0xFE && (line[1] & 0xFE) == 0xFE;
        for (int i = 0; i < Math.min(length, 4); i++) {
            wide |= line[i] == 0;
        }
        return wide;
    }

    private void readFields(JsonParser json) throws IOException {
        boolean deleted = false;
        boolean other = false;
        int fields = 0;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            fields++;
            String name = json.currentName();
            JsonToken value = json.nextToken();
            if (name.equals("id") && id == null && value.isScalarValue()) {
                id = value == JsonToken.VALUE_STRING || value == JsonToken.VALUE_NUMBER_INT ? json.getText() : null;
            } else if (name.equals("deleted") && value == JsonToken.VALUE_TRUE) {
                deleted = true;
            } else {
                other = true;
                json.skipChildren();
            }
            if (id != null && (other || fields > 2)) {
                return; // an offer; its parser will judge the rest
            }
        }
        deletion = deleted && fields == 2 && json.nextToken() == null;
    }

    /** Not blank, no half surrogate pairs: those would become another offer's key. */
    private static boolean isSound(String id) {
        return !Blanks.isBlank(id)
                && id.codePoints().noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }
}
