package org.offerstorm.core.parse;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Reads the bytes of a value as one JSON object, strictly, and checks all that does not depend on its fields: encoding,
 * size, nesting, tokens, names, numbers. Its visitor takes what it wants on the way; no tree is built. One thread; reused
 * for every record.
 */
public final class DocumentReader {
    /** Takes the values of an object while it is read, all by the reader's thread. */
    public interface Visitor {
        /**
         * A name in the object that is open at {@code depth}; its value comes next. The outermost object is at depth 1.
         *
         * @return 0 to 63 for a name that the visitor knows there, another number for each name; negative for others
         */
        int name(String name, int depth);

        /**
         * A text, a number, true, false or null.
         *
         * @param depth of the object or array that it is in
         */
        void scalar(JsonParser json, JsonToken token, int depth) throws IOException;

        /**
         * An object or array begins.
         *
         * @param depth of the object or array that it is in; its own values have the next one
         */
        void open(JsonParser json, JsonToken token, int depth) throws IOException;

        /** The object or array whose values have this depth ends. */
        void close(int depth);
    }

    private static final Visitor NOTHING = new Visitor() {
        @Override
        public int name(String name, int depth) {
            return -1;
        }

        @Override
        public void scalar(JsonParser json, JsonToken token, int depth) {}

        @Override
        public void open(JsonParser json, JsonToken token, int depth) {}

        @Override
        public void close(int depth) {}
    };

    private final JsonFactory factory;
    private final FieldNames names = new FieldNames(Limits.DEPTH);
    /** Which of the visitor's names the open objects have had, by depth. */
    private final long[] seen = new long[Limits.DEPTH + 1];

    private int namesAtTop;
    private int knownAtTop;

    public DocumentReader() {
        this(jsonFactory());
    }

    DocumentReader(JsonFactory factory) {
        this.factory = factory;
    }

    /**
     * Reads the whole value. What the visitor got before a refusal is of no use.
     *
     * @throws Refused for the first problem, or what the visitor throws
     * @throws IOException never for anything in the value
     */
    public void read(byte[] value, Visitor visitor) throws IOException {
        namesAtTop = 0;
        knownAtTop = 0;
        read(value, checkBytes(value), visitor);
    }

    /** Names of the outermost object, as far as it was read, that the visitor does not know. */
    public int unknownNames() {
        return namesAtTop - knownAtTop;
    }

    /** Checks all that can be checked without JSON; returns where the document begins, after a byte order mark. */
    private static int checkBytes(byte[] value) {
        int length = value.length;
        if (length > Limits.DOCUMENT_BYTES) {
            throw new Refused(Reason.TOO_LARGE, "the value has " + length + " bytes; at most " + Limits.DOCUMENT_BYTES);
        }
        int malformed = Utf8.firstMalformed(value, 0, length);
        if (malformed >= 0) {
            String cause = Causes.ofValue(value);
            throw new Refused(
                    Reason.BAD_UTF8, cause == null ? "the value is not UTF-8 at its byte " + malformed : cause);
        }
        int start = hasByteOrderMark(value, 0) ? 3 : 0;
        if (hasByteOrderMark(value, start)) {
            // Jackson would drop a second one.
            throw new Refused(Reason.BAD_JSON, "the value begins with two byte order marks");
        }
        for (int i = start; i < Math.min(start + 4, length); i++) {
            if (value[i] == 0) {
                // ASCII as UTF-16, and a schema's number, are well-formed UTF-8 with NULs; this names the cause.
                String cause = Causes.ofValue(value);
                throw new Refused(
                        Reason.BAD_UTF8, cause == null ? "the value begins with zero bytes; it must be UTF-8" : cause);
            }
        }
        for (int i = start; i < length; i++) {
            byte b = value[i];
            if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
                return start;
            }
        }
        throw new Refused(Reason.EMPTY_VALUE, "the value is empty; a deletion has a null value");
    }

    private static boolean hasByteOrderMark(byte[] value, int at) {
        return value.length >= at + 3
                && value[at] == (byte) 0xEF
                && value[at + 1] == (byte) 0xBB
                && value[at + 2] == (byte) 0xBF;
    }

    private void read(byte[] value, int start, Visitor visitor) throws IOException {
        try (JsonParser json = factory.createParser(value, start, value.length - start)) {
            JsonToken first;
            try {
                first = readValue(json, visitor);
            } catch (JsonProcessingException e) {
                throw new Refused(
                        Reason.BAD_JSON,
                        message(e) + " (byte " + (start + e.getLocation().getByteOffset()) + ")");
            }
            checkEnd(json);
            if (first != JsonToken.START_OBJECT) {
                throw notAnObject(first, value);
            }
        }
    }

    private static Refused notAnObject(JsonToken first, byte[] value) {
        String what =
                switch (first) {
                    case START_ARRAY -> "an array, not an object; send each offer as one record";
                    case VALUE_STRING ->
                        holdsObject(value)
                                ? "a text that holds JSON: it was serialized twice; send the object itself"
                                : "a text, not an object";
                    case VALUE_NULL -> "the word null, not an object; a deletion has no value at all";
                    case VALUE_TRUE, VALUE_FALSE -> "true or false, not an object";
                    default -> "a number, not an object";
                };
        return new Refused(Reason.NOT_AN_OBJECT, "the value is " + what);
    }

    /** Whether a text begins with a brace and a quote that is escaped. */
    private static boolean holdsObject(byte[] value) {
        String head = new String(value, 0, Math.min(value.length, 100), StandardCharsets.UTF_8);
        return head.replaceAll("\\s", "").contains("\"{\\\"");
    }

    /** Without Jackson's advice to a programmer, such as to enable a feature that allows NaN. */
    private static String message(JsonProcessingException e) {
        String text = e.getOriginalMessage();
        int advice = text.indexOf(": enable `");
        return advice < 0 ? text : text.substring(0, advice);
    }

    /**
     * Reads one whole value, and passes what an object holds to the visitor. Any other value is read in the same way: only
     * what is JSON to its end is refused as the wrong kind of it.
     */
    private JsonToken readValue(JsonParser json, Visitor objects) throws IOException {
        JsonToken first = json.nextToken();
        if (first != JsonToken.START_OBJECT && first != JsonToken.START_ARRAY) {
            checkNumber(first, json);
            return first;
        }
        Visitor visitor = first == JsonToken.START_OBJECT ? objects : NOTHING;
        openNames(1);
        int depth = 1;
        int tokens = 1;
        while (depth > 0) {
            JsonToken token = json.nextToken();
            if (++tokens > Limits.TOKENS) {
                throw new Refused(Reason.TOO_MANY_TOKENS, "more than " + Limits.TOKENS + " JSON tokens");
            }
            switch (token) {
                case FIELD_NAME -> readName(json.currentName(), depth, visitor);
                case START_OBJECT, START_ARRAY -> {
                    visitor.open(json, token, depth);
                    depth++;
                    if (depth > Limits.DEPTH) {
                        throw new Refused(Reason.TOO_DEEP, "nested deeper than " + Limits.DEPTH);
                    }
                    if (token == JsonToken.START_OBJECT) {
                        openNames(depth);
                    }
                }
                case END_OBJECT, END_ARRAY -> {
                    visitor.close(depth);
                    depth--;
                }
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
                    checkNumber(token, json);
                    visitor.scalar(json, token, depth);
                }
                default -> visitor.scalar(json, token, depth);
            }
        }
        return first;
    }

    private void openNames(int depth) {
        seen[depth] = 0;
        names.open(depth);
    }

    private static void checkNumber(JsonToken token, JsonParser json) throws IOException {
        if (token.isNumeric() && json.getTextLength() > Limits.NUMBER_CHARACTERS) {
            throw new Refused(
                    Reason.NUMBER_TOO_LONG, "a number has more than " + Limits.NUMBER_CHARACTERS + " characters");
        }
    }

    private void readName(String name, int depth, Visitor visitor) {
        // A char is at most three bytes of UTF-8.
        if (name.length() > Limits.FIELD_NAME_BYTES / 3 && Text.utf8Length(name) > Limits.FIELD_NAME_BYTES) {
            throw new Refused(
                    Reason.NAME_TOO_LONG, "a field's name is longer than " + Limits.FIELD_NAME_BYTES + " bytes");
        }
        int number = visitor.name(name, depth);
        boolean first;
        if (number >= 0) {
            long bit = 1L << number;
            first = (seen[depth] & bit) == 0;
            seen[depth] |= bit;
        } else {
            first = names.add(depth, name);
        }
        if (!first) {
            throw new Refused(Reason.DUPLICATE_FIELD, "an object has the field '" + name + "' twice");
        }
        if (depth == 1) {
            namesAtTop++;
            knownAtTop += number >= 0 ? 1 : 0;
        }
    }

    private static void checkEnd(JsonParser json) throws IOException {
        boolean more;
        try {
            more = json.nextToken() != null;
        } catch (JsonProcessingException e) {
            more = true;
        }
        if (more) {
            throw new Refused(Reason.TRAILING_DATA, "something follows the JSON value");
        }
    }

    private static JsonFactory jsonFactory() {
        // The parser's own limits name their reason and apply first; Jackson's are a second line of defence.
        return new StacklessJsonFactory(new JsonFactoryBuilder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(Limits.DEPTH + 1)
                        .maxTokenCount(Limits.TOKENS + 1L)
                        .maxDocumentLength(Limits.DOCUMENT_BYTES)
                        .maxStringLength(Limits.DOCUMENT_BYTES)
                        .maxNumberLength(Limits.DOCUMENT_BYTES)
                        .maxNameLength(Limits.DOCUMENT_BYTES)
                        .build())
                // Interned names would outlive a hostile document.
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                // Colliding names are slow, not wrong, and the number of tokens is bounded.
                .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
                .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER));
    }
}
