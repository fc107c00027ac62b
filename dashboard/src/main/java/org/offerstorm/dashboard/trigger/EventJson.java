package org.offerstorm.dashboard.trigger;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import org.offerstorm.core.trigger.Channel;

/** What a webhook is sent, by its form; docs/monitoring.md describes them. */
final class EventJson {
    private static final JsonFactory FACTORY = new JsonFactory();
    /** An Alertmanager ends an alert by itself after this, unless it comes again; see {@link Outbox#REPEAT}. */
    static final Duration ENDS = Duration.ofMinutes(5);

    private EventJson() {}

    private interface Content {
        void write(JsonGenerator json) throws IOException;
    }

    /** @param now when it is sent, in milliseconds since 1970 */
    static byte[] of(Channel.Form form, TriggerEvent event, long now) {
        return switch (form) {
            case GENERIC, MAIL -> document(json -> generic(json, event));
            case SLACK -> document(json -> slack(json, event));
            case TEAMS -> document(json -> teams(json, event));
            case ALERTMANAGER -> document(json -> alertmanager(json, event, now));
        };
    }

    private static byte[] document(Content content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
            content.write(json);
        } catch (IOException e) {
            throw new UncheckedIOException("bytes in memory", e);
        }
        return bytes.toByteArray();
    }

    private static void generic(JsonGenerator json, TriggerEvent event) throws IOException {
        json.writeStartObject();
        json.writeNumberField("schema", 1);
        json.writeStringField("id", event.id());
        json.writeStringField("trigger", event.name());
        json.writeStringField("rule", event.rule());
        json.writeStringField("event", event.fired() ? "fired" : "over");
        json.writeFieldName("value");
        if (event.value() == Math.rint(event.value())) {
            json.writeNumber((long) event.value());
        } else {
            json.writeNumber(event.value());
        }
        json.writeStringField("at", at(event));
        json.writeStringField("text", event.text());
        json.writeEndObject();
    }

    /** Slack reads three characters as markup. */
    private static void slack(JsonGenerator json, TriggerEvent event) throws IOException {
        String text = event.text().replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        json.writeStartObject();
        json.writeStringField("text", (event.fired() ? ":red_circle: " : ":large_green_circle: ") + text);
        json.writeEndObject();
    }

    private static void teams(JsonGenerator json, TriggerEvent event) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", "message");
        json.writeArrayFieldStart("attachments");
        json.writeStartObject();
        json.writeStringField("contentType", "application/vnd.microsoft.card.adaptive");
        json.writeObjectFieldStart("content");
        json.writeStringField("$schema", "http://adaptivecards.io/schemas/adaptive-card.json");
        json.writeStringField("type", "AdaptiveCard");
        json.writeStringField("version", "1.2");
        json.writeArrayFieldStart("body");
        block(json, event.name() + (event.fired() ? " fired" : " is over"), event.fired() ? "attention" : "good");
        block(json, event.rule() + ", it is " + event.words(), "default");
        block(json, at(event), "default");
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndObject();
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void block(JsonGenerator json, String text, String color) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", "TextBlock");
        // A card reads Markdown.
        json.writeStringField("text", text.replaceAll("([\\\\*_\\[\\]])", "\\\\$1"));
        json.writeStringField("color", color);
        json.writeBooleanField("wrap", true);
        json.writeEndObject();
    }

    private static void alertmanager(JsonGenerator json, TriggerEvent event, long now) throws IOException {
        json.writeStartArray();
        json.writeStartObject();
        json.writeObjectFieldStart("labels");
        json.writeStringField("alertname", event.name());
        json.writeStringField("source", "offerstorm");
        json.writeEndObject();
        json.writeObjectFieldStart("annotations");
        json.writeStringField("summary", event.text());
        json.writeEndObject();
        if (event.fired()) {
            json.writeStringField("startsAt", at(event));
        }
        json.writeStringField(
                "endsAt", event.fired() ? Instant.ofEpochMilli(now).plus(ENDS).toString() : at(event));
        json.writeEndObject();
        json.writeEndArray();
    }

    private static String at(TriggerEvent event) {
        return Instant.ofEpochMilli(event.at()).toString();
    }
}
