package org.offerstorm.sinks.changes;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.offerstorm.core.model.Source;
import org.offerstorm.sinks.redis.ChangeId;

/**
 * How far the topic follows Redis, in the header {@link ChangeRecord#POSITION_HEADER} of a transaction's last record. After
 * that record the topic's table is the one of Redis after its change {@code redis}. Immutable.
 *
 * @param group consumer group of the stream
 * @param redis the last change of Redis' stream that is published
 * @param source the log that Redis counted then
 * @param floors by partition, an offset below which all is published
 * @param ends by partition, the offset below which all is that is published; at least the floor
 */
public record ChangePosition(
        String group, ChangeId redis, Source source, Map<Integer, Long> floors, Map<Integer, Long> ends) {
    private static final JsonFactory JSON = new JsonFactory();

    public ChangePosition {
        Objects.requireNonNull(group, "group");
        Objects.requireNonNull(redis, "redis");
        Objects.requireNonNull(source, "source");
        floors = Collections.unmodifiableMap(new TreeMap<>(floors));
        ends = Collections.unmodifiableMap(new TreeMap<>(ends));
    }

    /** JSON, UTF-8. */
    public byte[] encode() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("group", group);
            json.writeStringField("redis", redis.toString());
            json.writeObjectFieldStart("source");
            json.writeStringField("topic", source.topic());
            json.writeStringField("topicId", source.topicId());
            json.writeNumberField("epoch", source.epoch());
            json.writeNumberField("partitions", source.partitions());
            json.writeEndObject();
            write("floors", floors, json);
            write("ends", ends, json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return bytes.toByteArray();
    }

    /**
     * Reads what {@link #encode} writes; fields that it does not know are left out.
     *
     * @throws IllegalArgumentException if it is anything else
     */
    public static ChangePosition parse(byte[] text) {
        String group = null;
        String redis = null;
        Source source = null;
        Map<Integer, Long> floors = new TreeMap<>();
        Map<Integer, Long> ends = new TreeMap<>();
        try (JsonParser json = JSON.createParser(text)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("a position is a JSON object");
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                switch (name) {
                    case "group" -> group = json.getText();
                    case "redis" -> redis = json.getText();
                    case "source" -> source = source(json);
                    case "floors" -> read(json, floors);
                    case "ends" -> read(json, ends);
                    default -> json.skipChildren();
                }
            }
            return new ChangePosition(group, ChangeId.parse(String.valueOf(redis)), source, floors, ends);
        } catch (IOException | NullPointerException e) { // no JSON, or a field is missing
            throw new IllegalArgumentException("a position has group, redis, source, floors and ends", e);
        }
    }

    private static void write(String name, Map<Integer, Long> offsets, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart(name);
        for (Map.Entry<Integer, Long> offset : offsets.entrySet()) {
            json.writeNumberField(Integer.toString(offset.getKey()), offset.getValue());
        }
        json.writeEndObject();
    }

    private static void read(JsonParser json, Map<Integer, Long> offsets) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            int partition = Integer.parseInt(json.currentName());
            json.nextToken();
            offsets.put(partition, json.getLongValue());
        }
    }

    private static Source source(JsonParser json) throws IOException {
        String topic = null;
        String topicId = null;
        int epoch = 0;
        int partitions = 0;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            switch (name) {
                case "topic" -> topic = json.getText();
                case "topicId" -> topicId = json.getText();
                case "epoch" -> epoch = json.getIntValue();
                case "partitions" -> partitions = json.getIntValue();
                default -> json.skipChildren();
            }
        }
        return new Source(topic, topicId, epoch, partitions);
    }
}
