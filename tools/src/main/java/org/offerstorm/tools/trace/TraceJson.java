package org.offerstorm.tools.trace;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import org.offerstorm.core.config.SourceConfig;

/** The result for programs, in ASCII; docs/trace.md describes the fields. */
public final class TraceJson {
    private TraceJson() {}

    /** One object, with a line end. */
    public static String write(TraceResult result) {
        return write(result, null);
    }

    /**
     * The same, with what was waited for.
     *
     * @param followed null: nothing was
     */
    public static String write(TraceResult result, Followed followed) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory()
                .createGenerator(text)
                .setHighestNonEscapedChar('~')
                .useDefaultPrettyPrinter()) {
            json.writeStartObject();
            json.writeStringField("id", result.id());
            json.writeBooleanField("known", result.isKnown());
            json.writeBooleanField("agree", result.exitCode() == 0);
            if (result.home() >= 0) {
                json.writeNumberField("home_partition", result.home());
            }
            if (result.newest().isPresent()) {
                json.writeFieldName("newest");
                holding(json, result.newest().get());
            }
            json.writeArrayFieldStart("records");
            for (TracedRecord record : result.records()) {
                record(json, record, result.source());
            }
            json.writeEndArray();
            json.writeArrayFieldStart("dead_letters");
            for (TracedLetter letter : result.letters()) {
                letter(json, letter, result.source());
            }
            json.writeEndArray();
            json.writeArrayFieldStart("stores");
            for (StoreTrace store : result.stores()) {
                json.writeStartObject();
                json.writeStringField("store", store.store());
                json.writeStringField("state", store.state().word());
                json.writeArrayFieldStart("holds");
                for (Holding holding : store.holdings()) {
                    holding(json, holding);
                }
                json.writeEndArray();
                texts(json, "why", store.why());
                json.writeEndObject();
            }
            json.writeEndArray();
            texts(json, "looked_at", result.looked());
            texts(json, "notes", result.notes());
            if (followed != null) {
                followed(json, followed, result.source());
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return text.append('\n').toString();
    }

    private static void record(JsonGenerator json, TracedRecord record, SourceConfig source) throws IOException {
        json.writeStartObject();
        json.writeNumberField("partition", record.partition());
        json.writeNumberField("offset", record.offset());
        if (record.timestampMillis() >= 0) {
            json.writeStringField("time", time(record.timestampMillis()));
        }
        json.writeBooleanField("accepted", record.isAccepted());
        if (record.isAccepted()) {
            json.writeStringField("value", record.value());
        } else {
            json.writeStringField("reason", record.reason());
            json.writeStringField("detail", record.detail());
        }
        texts(json, "origin", record.origin());
        if (record.replayOf() != null) {
            json.writeStringField("replay_of", record.replayOf().shown(source));
        }
        json.writeEndObject();
    }

    private static void letter(JsonGenerator json, TracedLetter letter, SourceConfig source) throws IOException {
        json.writeStartObject();
        json.writeStringField("position", letter.position().shown(source));
        json.writeStringField("time", time(letter.atMillis()));
        json.writeStringField("stage", letter.stage());
        json.writeStringField("reason", letter.reason());
        json.writeStringField("detail", letter.detail());
        if (letter.settled() != null) {
            json.writeStringField("settled", letter.settled());
        }
        json.writeEndObject();
    }

    private static void holding(JsonGenerator json, Holding holding) throws IOException {
        json.writeStartObject();
        json.writeNumberField("epoch", holding.epoch());
        if (holding.partition() != null) {
            json.writeNumberField("partition", holding.partition());
        }
        json.writeNumberField("offset", holding.offset());
        json.writeStringField("value", holding.value());
        if (holding.timeMillis() != null) {
            json.writeStringField("time", time(holding.timeMillis()));
        }
        if (!holding.where().isEmpty()) {
            json.writeStringField("where", holding.where());
        }
        json.writeEndObject();
    }

    private static void followed(JsonGenerator json, Followed followed, SourceConfig source) throws IOException {
        json.writeObjectFieldStart("followed");
        json.writeBooleanField("complete", followed.isComplete());
        if (followed.record() != null) {
            json.writeFieldName("record");
            record(json, followed.record(), source);
        }
        json.writeArrayFieldStart("arrivals");
        for (Followed.Arrival arrival : followed.arrivals()) {
            json.writeStartObject();
            json.writeStringField("where", arrival.where());
            json.writeNumberField("millis_after_record", arrival.millis());
            json.writeStringField("what", arrival.what());
            json.writeEndObject();
        }
        json.writeEndArray();
        texts(json, "lacking", followed.lacking());
        json.writeEndObject();
    }

    private static void texts(JsonGenerator json, String name, List<String> texts) throws IOException {
        json.writeArrayFieldStart(name);
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }

    private static String time(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }
}
