package org.offerstorm.tools.produce;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.offerstorm.core.mapping.Pointer;
import org.offerstorm.core.parse.Limits;

/**
 * The objects of JSON arrays, or JSON objects one after the other, each verbatim. What is elsewhere in the file is read over.
 * Everything is streamed: an array may be of any length.
 */
final class JsonRecords implements FileRecords {
    private static final int MAX_DEPTH = 10_000;

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

    private final String name;
    private final Pointer at;
    private final List<String> steps;
    private final RecentBytes bytes;
    private final JsonParser json;
    /** The objects and arrays that are open on the way to the records. */
    private final Deque<Level> path = new ArrayDeque<>();

    private boolean found;
    private long number;

    private static final class Level {
        /** Name of the step that leads on from here; null: the elements are records. */
        final String step;

        final boolean array;
        int index = -1;

        Level(String step, boolean array) {
            this.step = step;
            this.array = array;
        }

        boolean matches(String field) {
            return step.equals(Pointer.EACH) || (array ? step.equals(Integer.toString(index)) : step.equals(field));
        }
    }

    /**
     * Reads nothing yet.
     *
     * @param in UTF-8, without a byte order mark
     * @param name of the file, for messages
     * @param at where the arrays are; null: at the top, or there is none and the objects follow each other
     */
    JsonRecords(InputStream in, String name, Pointer at) throws IOException {
        this.name = name;
        this.at = at;
        this.steps = at == null ? List.of() : at.steps();
        this.bytes = new RecentBytes(in, Limits.DOCUMENT_BYTES);
        this.json = FACTORY.createParser(bytes);
    }

    @Override
    public FileRecord next() throws IOException {
        try {
            return read();
        } catch (JsonEOFException e) {
            throw new BadInput(
                    place(e) + "the JSON is cut: it ends in the middle. Was a download or a copy broken off?", e);
        } catch (JsonProcessingException e) {
            throw new BadInput(place(e) + "not JSON: " + firstLine(e.getOriginalMessage()), e);
        }
    }

    private FileRecord read() throws IOException {
        for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
            if (token == JsonToken.END_ARRAY || token == JsonToken.END_OBJECT) {
                path.pop();
                continue;
            }
            String field = json.currentName();
            if (token == JsonToken.FIELD_NAME) {
                token = json.nextToken();
            }
            Level level = path.peek();
            if (level != null && level.step == null) {
                return record(token);
            }
            if (level != null) {
                level.index++;
            }
            if (level != null && !level.matches(field)) {
                json.skipChildren();
            } else if (path.size() < steps.size()) {
                descend(token);
            } else if (token == JsonToken.START_ARRAY && !isEachElement()) {
                found = true;
                path.push(new Level(null, true));
            } else if (at == null || isEachElement()) {
                found = true;
                return record(token);
            } else {
                throw new BadInput(name + ":" + line() + ": " + at + " is not an array; 'records' under 'file:' in the"
                        + " mapping must lead to the array of the records");
            }
        }
        if (at != null && !found) {
            throw new BadInput(name + " has no array at " + at + "; correct 'records' under 'file:' in the mapping");
        }
        return null;
    }

    /** Whether the pointer leads to the records themselves. */
    private boolean isEachElement() {
        return !steps.isEmpty() && steps.get(steps.size() - 1).equals(Pointer.EACH);
    }

    /** Goes into a value on the way; one that is not an object or array has nothing in it. */
    private void descend(JsonToken token) {
        if (token.isStructStart()) {
            path.push(new Level(steps.get(path.size()), token == JsonToken.START_ARRAY));
        }
    }

    private FileRecord record(JsonToken token) throws IOException {
        number++;
        long line = line();
        if (token != JsonToken.START_OBJECT) {
            json.skipChildren();
            return new FileRecord.Unreadable("the element is " + what(token) + ", not an object", line, number);
        }
        bytes.begin(json.currentTokenLocation().getByteOffset());
        json.skipChildren();
        byte[] object = bytes.end(json.currentLocation().getByteOffset());
        return object == null
                ? new FileRecord.Unreadable(
                        "the record is longer than " + Limits.DOCUMENT_BYTES + " bytes", line, number)
                : new FileRecord.Value(object, line, number);
    }

    private static String what(JsonToken token) {
        return switch (token) {
            case START_ARRAY -> "an array";
            case VALUE_STRING -> "a text";
            case VALUE_NULL -> "null";
            case VALUE_TRUE, VALUE_FALSE -> "true or false";
            default -> "a number";
        };
    }

    private long line() {
        return json.currentTokenLocation().getLineNr();
    }

    private String place(JsonProcessingException e) {
        return name + ":" + e.getLocation().getLineNr() + ": ";
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse("");
    }

    @Override
    public void close() throws IOException {
        json.close();
    }
}
