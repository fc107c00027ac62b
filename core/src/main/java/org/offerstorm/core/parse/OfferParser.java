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
import org.offerstorm.core.model.Delete;
import org.offerstorm.core.model.Offer;
import org.offerstorm.core.model.SourceRecord;
import org.offerstorm.core.model.Upsert;
import org.offerstorm.core.parse.ParseResult.Accepted;
import org.offerstorm.core.parse.ParseResult.Rejected;

/**
 * Parses records of the topic into changes, or says why not. Each parsing task has its own; one thread. Never throws for
 * anything that a record holds.
 *
 * <p>Streams over the bytes, builds no tree: the cost is that of the document, at most {@link Limits#DOCUMENT_BYTES}. An
 * offer as nearly all are written is read by {@link UsualOffer}, with the same result at half the cost.
 */
public final class OfferParser implements RecordParser {
    private final JsonFactory factory;
    private final FieldNames names = new FieldNames(Limits.DEPTH);
    private final OfferDraft draft = new OfferDraft();
    /** Null if every document is read strictly. */
    private final UsualOffer usual;

    private int unknownFields;

    public OfferParser() {
        this(jsonFactory(), new UsualOffer());
    }

    OfferParser(JsonFactory factory) {
        this(factory, null);
    }

    private OfferParser(JsonFactory factory, UsualOffer usual) {
        this.factory = factory;
        this.usual = usual;
    }

    /** One without the short way for usual documents: the judge of the other. */
    static OfferParser strict() {
        return new OfferParser(jsonFactory(), null);
    }

    /**
     * The verdict on one record. The change holds the record's arrays, not copies.
     *
     * @return an {@link Upsert} without cell or a {@link Delete} if accepted
     */
    @Override
    public ParseResult parse(SourceRecord record) {
        unknownFields = 0;
        try {
            String id = Keys.id(record.key());
            byte[] value = record.value();
            if (value == null) {
                return new Accepted(new Delete(record.position(), id));
            }
            Offer offer = usual == null ? null : usual.read(id, record.key(), value);
            return new Accepted(
                    new Upsert(record.position(), offer == null ? readStrictly(id, value) : offer, null, value));
        } catch (Refused refused) {
            return new Rejected(refused.reason(), refused.getMessage());
        } catch (IOException | RuntimeException e) {
            // A bug, ours or Jackson's. Thrown, it would end the worker, and again at every replay of the record.
            return new Rejected(Reason.PARSER_FAILED, "the parser failed, please report this: " + e);
        }
    }

    private Offer readStrictly(String id, byte[] value) throws IOException {
        int start = checkBytes(value);
        draft.begin(id);
        read(value, start);
        return draft.finish();
    }

    /** Fields of the last document, as far as it was read, that no offer has: they are ignored. */
    @Override
    public int unknownFields() {
        return unknownFields;
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

    private void read(byte[] value, int start) throws IOException {
        try (JsonParser json = factory.createParser(value, start, value.length - start)) {
            JsonToken first;
            try {
                first = readValue(json);
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
     * Reads one whole value, and passes the fields of an object's depth 1 to the draft. Any other value is read in the
     * same way: only what is JSON to its end is refused as the wrong kind of it.
     */
    private JsonToken readValue(JsonParser json) throws IOException {
        JsonToken first = json.nextToken();
        names.open(1);
        int depth = 1;
        int tokens = 1;
        int field = -1;
        if (first != JsonToken.START_OBJECT && first != JsonToken.START_ARRAY) {
            checkNumber(first, json);
            return first;
        }
        while (depth > 0) {
            JsonToken token = json.nextToken();
            if (++tokens > Limits.TOKENS) {
                throw new Refused(Reason.TOO_MANY_TOKENS, "more than " + Limits.TOKENS + " JSON tokens");
            }
            switch (token) {
                case FIELD_NAME -> field = readName(json.currentName(), depth);
                case START_OBJECT, START_ARRAY -> {
                    takeField(field, depth, json, token);
                    depth++;
                    if (depth > Limits.DEPTH) {
                        throw new Refused(Reason.TOO_DEEP, "nested deeper than " + Limits.DEPTH);
                    }
                    if (token == JsonToken.START_OBJECT) {
                        names.open(depth);
                    }
                }
                case END_OBJECT, END_ARRAY -> depth--;
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
                    checkNumber(token, json);
                    takeField(field, depth, json, token);
                }
                default -> takeField(field, depth, json, token);
            }
        }
        return first;
    }

    private static void checkNumber(JsonToken token, JsonParser json) throws IOException {
        if (token.isNumeric() && json.getTextLength() > Limits.NUMBER_CHARACTERS) {
            throw new Refused(
                    Reason.NUMBER_TOO_LONG, "a number has more than " + Limits.NUMBER_CHARACTERS + " characters");
        }
    }

    /** Checks a name; returns the field's number, negative if it is none of an offer's. */
    private int readName(String name, int depth) {
        // A char is at most three bytes of UTF-8.
        if (name.length() > Limits.FIELD_NAME_BYTES / 3 && Text.utf8Length(name) > Limits.FIELD_NAME_BYTES) {
            throw new Refused(
                    Reason.NAME_TOO_LONG, "a field's name is longer than " + Limits.FIELD_NAME_BYTES + " bytes");
        }
        int field = depth == 1 ? OfferDraft.fieldNumber(name) : -1;
        boolean first = field >= 0 ? draft.firstTime(field) : names.add(depth, name);
        if (!first) {
            throw new Refused(Reason.DUPLICATE_FIELD, "an object has the field '" + name + "' twice");
        }
        if (depth == 1 && field < 0) {
            unknownFields++;
        }
        return field;
    }

    private void takeField(int field, int depth, JsonParser json, JsonToken token) throws IOException {
        if (depth == 1 && field >= 0) {
            draft.take(field, json, token);
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
