package org.offerstorm.tools.verify;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.offerstorm.core.text.Quote;

/**
 * A record of the topic of changes, read as docs/plug-in.md says and without the publisher's code.
 *
 * @param cell {@code category|CONTINENT}, as the value says
 * @param delta by how much: above 0 an increment, below 0 a decrement
 * @param count live offers of the cell after it
 */
record PlainChange(String cell, long delta, long count, long seq) {
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
    private static final Set<String> FIELDS =
            new TreeSet<>(List.of("action", "by", "category", "continent", "count", "at", "seq"));
    private static final Set<String> CONTINENTS = Set.of("AF", "AN", "AS", "EU", "NA", "OC", "SA", "UNKNOWN");
    private static final Pattern MILLIS = Pattern.compile("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z");

    /** It is not as the contract says; the message is what it has instead. */
    static final class Broken extends Exception {
        private static final long serialVersionUID = 1L;

        private Broken(String message) {
            super(message);
        }
    }

    static PlainChange of(byte[] value) throws Broken {
        if (value == null) {
            throw new Broken("no value");
        }
        JsonNode json;
        try {
            json = JSON.readTree(value);
        } catch (IOException e) {
            throw new Broken("a value that is not JSON, " + Quote.of(value));
        }
        Set<String> names = new TreeSet<>();
        for (Iterator<String> name = json.fieldNames(); name.hasNext(); ) {
            names.add(name.next());
        }
        if (!names.containsAll(FIELDS)) {
            throw new Broken("a value with the fields " + names);
        }
        String action = text(json, "action");
        long by = number(json, "by", 1);
        if (!action.equals("increment") && !action.equals("decrement")) {
            throw broken(json, "action");
        }
        String continent = text(json, "continent");
        if (!CONTINENTS.contains(continent)) {
            throw broken(json, "continent");
        }
        if (!isMoment(text(json, "at"))) {
            throw broken(json, "at");
        }
        return new PlainChange(
                text(json, "category") + "|" + continent,
                action.equals("increment") ? by : -by,
                number(json, "count", 0),
                number(json, "seq", 1));
    }

    private static String text(JsonNode json, String name) throws Broken {
        if (!json.get(name).isTextual() || json.get(name).textValue().isEmpty()) {
            throw broken(json, name);
        }
        return json.get(name).textValue();
    }

    private static long number(JsonNode json, String name, long least) throws Broken {
        JsonNode number = json.get(name);
        if (!number.isIntegralNumber() || !number.canConvertToLong() || number.longValue() < least) {
            throw broken(json, name);
        }
        return number.longValue();
    }

    private static boolean isMoment(String text) {
        try {
            return MILLIS.matcher(text).matches() && Instant.parse(text) != null;
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    private static Broken broken(JsonNode json, String name) {
        return new Broken("the field " + name + " " + Quote.of(json.get(name).asText()));
    }
}
