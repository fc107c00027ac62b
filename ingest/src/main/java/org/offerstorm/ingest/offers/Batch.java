package org.offerstorm.ingest.offers;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.offerstorm.core.text.PlainText;
import org.offerstorm.tools.produce.LineId;

/**
 * Cuts a body into items: the lines of NDJSON, the elements of a JSON array, or the one object that it is. An element is
 * cut out verbatim; whether it is an offer is for {@link OfferCheck} to say. Stateless.
 */
public final class Batch {
    /** Items of one request. */
    public static final int MOST_ITEMS = 5_000;

    private static final int MAX_DEPTH = 10_000;
    private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private Batch() {}

    /**
     * The items of NDJSON. Blank lines are no items.
     *
     * @throws BadBatch if there are too many
     */
    public static List<Item> ofLines(byte[] body) throws BadBatch {
        List<Item> items = new ArrayList<>();
        int line = 0;
        for (int begin = start(body); begin < body.length; line++) {
            int end = begin;
            while (end < body.length && body[end] != '\n') {
                end++;
            }
            if (!isBlank(body, begin, end)) {
                add(items, new Item(line + 1, Arrays.copyOfRange(body, begin, end)));
            }
            begin = end + 1;
        }
        return items;
    }

    /**
     * The elements of an array, or the one item that the body is.
     *
     * @throws BadBatch if it begins as an array and is not JSON, or has too many elements
     */
    public static List<Item> ofJson(byte[] body) throws BadBatch {
        int begin = start(body);
        if (LineId.isWide(body, body.length)) {
            throw BadBatch.broken("the body is UTF-16, UTF-32 or binary; send UTF-8");
        }
        int first = begin;
        while (first < body.length && isBlank(body[first])) {
            first++;
        }
        if (first == body.length) {
            return List.of();
        }
        if (body[first] != '[') {
            return List.of(new Item(0, begin == 0 ? body : Arrays.copyOfRange(body, begin, body.length)));
        }
        try (JsonParser json = FACTORY.createParser(body, first, body.length - first)) {
            return elements(json, body, first);
        } catch (JsonProcessingException e) {
            throw BadBatch.broken("the array is not JSON, so its items cannot be separated and none was sent: "
                    + PlainText.of(PlainText.firstLine(e.getOriginalMessage())) + place(e, first));
        } catch (IOException e) {
            throw new IllegalStateException("bytes in memory", e);
        }
    }

    private static List<Item> elements(JsonParser json, byte[] body, int shift) throws IOException, BadBatch {
        List<Item> items = new ArrayList<>();
        JsonToken array = json.nextToken();
        for (JsonToken token = json.nextToken(); token != JsonToken.END_ARRAY; token = json.nextToken()) {
            if (token == null) {
                throw BadBatch.broken("the array has no end, so none of its items was sent");
            }
            if (token.isStructStart()) {
                int begin = shift + (int) json.currentTokenLocation().getByteOffset();
                json.skipChildren();
                add(
                        items,
                        new Item(
                                0,
                                Arrays.copyOfRange(
                                        body,
                                        begin,
                                        shift + (int) json.currentLocation().getByteOffset())));
            } else {
                json.finishToken();
                add(items, new Item(0, scalar(token)));
            }
        }
        if (array == null || json.nextToken() != null) {
            throw BadBatch.broken("something follows the array, so none of its items was sent");
        }
        return items;
    }

    /** A limit of nesting that is passed has no place. */
    private static String place(JsonProcessingException e, int shift) {
        return e.getLocation() == null
                ? ""
                : " (byte " + (shift + e.getLocation().getByteOffset()) + ")";
    }

    /** Anything of the same kind: no such element is an offer, regardless of what it says. */
    private static byte[] scalar(JsonToken token) {
        String text =
                switch (token) {
                    case VALUE_STRING -> "\"\"";
                    case VALUE_NULL, VALUE_TRUE, VALUE_FALSE -> token.asString();
                    default -> "0";
                };
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static void add(List<Item> items, Item item) throws BadBatch {
        if (items.size() == MOST_ITEMS) {
            throw BadBatch.tooMany();
        }
        items.add(item);
    }

    private static int start(byte[] body) {
        return body.length >= MARK.length && Arrays.equals(body, 0, MARK.length, MARK, 0, MARK.length)
                ? MARK.length
                : 0;
    }

    private static boolean isBlank(byte[] body, int begin, int end) {
        for (int i = begin; i < end; i++) {
            if (!isBlank(body[i])) {
                return false;
            }
        }
        return true;
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t' || b == '\r' || b == '\n';
    }
}
