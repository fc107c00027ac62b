package org.offerstorm.dashboard.trigger;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;

/** What a webhook is sent; docs/dashboard.md describes it. */
final class EventJson {
    private static final JsonFactory FACTORY = new JsonFactory();

    private EventJson() {}

    static byte[] of(TriggerEvent event) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeNumberField("schema", 1);
            json.writeStringField("id", event.id());
            json.writeStringField("trigger", event.name());
            json.writeStringField("rule", event.rule());
            json.writeStringField("event", event.fired() ? "fired" : "over");
            json.writeNumberField("value", event.value());
            json.writeStringField("at", Instant.ofEpochMilli(event.at()).toString());
            json.writeStringField(
                    "text",
                    "Trigger " + event.name() + (event.fired() ? " fired: " : " is over: ") + event.rule() + ", it is "
                            + event.value());
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("bytes in memory", e);
        }
        return bytes.toByteArray();
    }
}
