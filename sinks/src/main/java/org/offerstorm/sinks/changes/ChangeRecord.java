package org.offerstorm.sinks.changes;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;
import java.util.Objects;
import org.offerstorm.core.model.Cell;
import org.offerstorm.core.model.Continent;

/**
 * One record of the topic of changes: by how much the count of a cell moved, and what it is since. Key and value are the
 * contract with consumers, version {@value #VERSION}; docs/plug-in.md describes it. Immutable.
 *
 * @param cell the cell that moved
 * @param delta by how much; not zero
 * @param count live offers of the cell after this record, 0 or more
 * @param at largest timestamp of the records that did it, whole ms; of a difference, the time of its publication
 * @param seq number of the record in the topic: from 1, one more for each
 */
public record ChangeRecord(Cell cell, long delta, long count, Instant at, long seq) {
    /** Header of every record; its value is {@link #VERSION}. */
    public static final String VERSION_HEADER = "offerstorm.version";

    /** Version of the contract, text. */
    public static final String VERSION = "1";

    /** Header of the last record of each transaction; its value is a {@link ChangePosition}. */
    public static final String POSITION_HEADER = "offerstorm.position";

    private static final JsonFactory JSON = new JsonFactory();
    private static final DateTimeFormatter MILLIS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);
    private static final int FIELDS = 7;

    public ChangeRecord {
        Objects.requireNonNull(cell, "cell");
        Objects.requireNonNull(at, "at");
        if (delta == 0 || count < 0 || seq < 1) {
            throw new IllegalArgumentException("a change of " + cell.key() + " by " + delta + " to " + count
                    + " with seq " + seq + "; by must be 1 or more, count 0 or more, seq 1 or more");
        }
    }

    /** What it does to the count. */
    public enum Action {
        INCREMENT,
        DECREMENT;

        /** As it is in the JSON. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Action action() {
        return delta > 0 ? Action.INCREMENT : Action.DECREMENT;
    }

    /** The amount without its sign, 1 or more. */
    public long by() {
        return Math.abs(delta);
    }

    /** The record's key in Kafka: {@code category|CONTINENT}, UTF-8. */
    public byte[] key() {
        return cell.key().getBytes(StandardCharsets.UTF_8);
    }

    /** The record's value in Kafka: a JSON object, UTF-8. */
    public byte[] value() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(160);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("action", action().word());
            json.writeNumberField("by", by());
            json.writeStringField("category", cell.category());
            json.writeStringField("continent", cell.continent().name());
            json.writeNumberField("count", count);
            json.writeStringField("at", MILLIS.format(at));
            json.writeNumberField("seq", seq);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return bytes.toByteArray();
    }

    /**
     * Reads what {@link #value} writes; the order of the fields does not matter, and further ones are left out.
     *
     * @param value may be null, which no record of ours is
     * @throws IllegalArgumentException if it is anything else; the message says what is wrong
     */
    public static ChangeRecord parse(byte[] value) {
        if (value == null) {
            throw new IllegalArgumentException("has no value");
        }
        Fields fields = new Fields();
        try (JsonParser json = JSON.createParser(value)) {
            json.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("is not a JSON object");
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                fields.read(json.currentName(), json);
            }
            if (json.nextToken() != null) {
                throw new IllegalArgumentException("has text after the JSON object");
            }
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "is not JSON: "
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
                    e);
        }
        return fields.record();
    }

    private static final class Fields {
        private int found;
        private String action;
        private long by;
        private String category;
        private String continent;
        private long count;
        private String at;
        private long seq;

        void read(String name, JsonParser json) throws IOException {
            found++;
            json.nextToken();
            switch (name) {
                case "action" -> action = text(name, json);
                case "by" -> by = number(name, json, 1);
                case "category" -> category = text(name, json);
                case "continent" -> continent = text(name, json);
                case "count" -> count = number(name, json, 0);
                case "at" -> at = text(name, json);
                case "seq" -> seq = number(name, json, 1);
                default -> {
                    found--; // version 1 may get further ones
                    json.skipChildren();
                }
            }
        }

        ChangeRecord record() {
            if (found != FIELDS) {
                throw new IllegalArgumentException("has " + found + " of the " + FIELDS + " fields");
            }
            boolean increment = action.equals(Action.INCREMENT.word());
            if (!increment && !action.equals(Action.DECREMENT.word())) {
                throw new IllegalArgumentException("action is neither increment nor decrement");
            }
            try {
                return new ChangeRecord(
                        Cell.of(category, Continent.valueOf(continent)),
                        increment ? by : -by,
                        count,
                        Instant.parse(at),
                        seq);
            } catch (RuntimeException e) { // no continent, or no time
                throw new IllegalArgumentException("continent or at is not one: " + e.getMessage(), e);
            }
        }

        private static String text(String name, JsonParser json) throws IOException {
            if (json.currentToken() != JsonToken.VALUE_STRING) {
                throw new IllegalArgumentException(name + " is not a text");
            }
            return json.getText();
        }

        private static long number(String name, JsonParser json, long least) throws IOException {
            if (json.currentToken() != JsonToken.VALUE_NUMBER_INT || json.getLongValue() < least) {
                throw new IllegalArgumentException(name + " is not a whole number from " + least);
            }
            return json.getLongValue();
        }
    }
}
