package org.offerstorm.dashboard.web;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;

/** Writes JSON documents to bytes. */
final class JsonDocument {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII) // also U+2028, direction marks, and half surrogate pairs
            .build();

    private JsonDocument() {}

    /** The content of an object. */
    interface Content {
        void write(JsonGenerator json) throws IOException;
    }

    /** An object; every document begins with the version of its form. */
    static byte[] document(Content content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(4_096);
        try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeNumberField("schema", Api.SCHEMA);
            content.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("bytes in memory", e);
        }
        return bytes.toByteArray();
    }

    /** ISO-8601 in UTC with milliseconds; null for the time before all. */
    static void time(JsonGenerator json, String name, long millis) throws IOException {
        if (millis <= 0) {
            json.writeNullField(name);
        } else {
            json.writeStringField(name, Instant.ofEpochMilli(millis).toString());
        }
    }
}
