package org.offerstorm.ingest.web;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import io.undertow.util.StatusCodes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import org.offerstorm.ingest.kafka.HttpAnswer;
import org.offerstorm.ingest.kafka.Outage;
import org.offerstorm.ingest.kafka.Written;
import org.offerstorm.ingest.kafka.Written.Refused;
import org.offerstorm.ingest.kafka.Written.Stored;
import org.offerstorm.ingest.kafka.Written.TooLarge;
import org.offerstorm.ingest.kafka.Written.Unconfirmed;
import org.offerstorm.ingest.offers.CheckedItem;
import org.offerstorm.ingest.offers.CheckedItem.Sendable;
import org.offerstorm.ingest.offers.CheckedItem.Unfit;

/** Answers as JSON, in ASCII. Fields may be added, never changed. */
final class IngestJson {
    static final String JSON = "application/json";
    static final String PROBLEM = "application/problem+json";
    /** Seconds after which to try again when Kafka is away. */
    static final int RETRY_SECONDS = 2;

    /** Last part of a problem's type: Kafka takes no such record. */
    static final String REFUSED_BY_KAFKA = "refused_by_kafka";

    private static final int BYTES_OF_ITEM = 120;
    private static final JsonFactory FACTORY =
            JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private IngestJson() {}

    /** The type of an answer's body: a status of an error has problem details. */
    static String type(int status) {
        return status < StatusCodes.BAD_REQUEST ? JSON : PROBLEM;
    }

    static byte[] problem(ProblemDetails problem) {
        return document(BYTES_OF_ITEM, json -> members(json, problem));
    }

    /**
     * The answer to items: 200 if all are stored, 207 if some are, 422 if all were refused, 503 if Kafka did not confirm
     * one.
     *
     * @param written what became of those that were sent, in their order
     */
    static HttpAnswer answer(String topic, List<CheckedItem> items, List<Written> written) {
        int stored = 0;
        Outage outage = null;
        for (Written each : written) {
            stored += each instanceof Stored ? 1 : 0;
            if (each instanceof Unconfirmed unconfirmed
                    && (outage == null || unconfirmed.outage().kind() == Outage.Kind.UNKNOWN)) {
                outage = unconfirmed.outage();
            }
        }
        int status = outage != null
                ? StatusCodes.SERVICE_UNAVAILABLE
                : stored == items.size() ? StatusCodes.OK : stored == 0 ? StatusCodes.UNPROCESSABLE_ENTITY : 207;
        int storedItems = stored;
        ProblemDetails whole = outage != null
                ? ProblemDetails.of(
                        outage,
                        "items of status 503 may or may not have been written; send the request again (with an Idempotency-Key"
                                + " it would be written once)",
                        "send the items of status 503 again later")
                : new ProblemDetails(status, "no_item_accepted", "none of the items is an offer; each says why");
        byte[] body = document(BYTES_OF_ITEM * (items.size() + 1), json -> {
            if (status >= StatusCodes.BAD_REQUEST) {
                members(json, whole);
            }
            json.writeNumberField("stored", storedItems);
            json.writeNumberField("refused", items.size() - storedItems);
            json.writeArrayFieldStart("items");
            Iterator<Written> results = written.iterator();
            for (int i = 0; i < items.size(); i++) {
                json.writeStartObject();
                json.writeNumberField("item", i);
                if (items.get(i) instanceof Sendable sent) {
                    json.writeStringField("id", sent.id());
                    result(json, topic, results.next());
                } else {
                    unfit(json, (Unfit) items.get(i));
                }
                json.writeEndObject();
            }
            json.writeEndArray();
        });
        return new HttpAnswer(status, body);
    }

    private static void result(JsonGenerator json, String topic, Written written) throws IOException {
        if (written instanceof Stored at) {
            json.writeNumberField("status", StatusCodes.OK);
            json.writeStringField("topic", topic);
            json.writeNumberField("partition", at.partition());
            json.writeNumberField("offset", at.offset());
        } else if (written instanceof TooLarge tooLarge) {
            members(
                    json,
                    new ProblemDetails(
                            StatusCodes.UNPROCESSABLE_ENTITY,
                            "too_large",
                            "the topic takes records of " + tooLarge.limit() + " bytes at most"));
        } else if (written instanceof Refused refused) {
            members(json, new ProblemDetails(StatusCodes.UNPROCESSABLE_ENTITY, REFUSED_BY_KAFKA, refused.why()));
        } else {
            members(
                    json,
                    ProblemDetails.of(
                            ((Unconfirmed) written).outage(),
                            "it may or may not have been written",
                            "it was not written"));
        }
    }

    private static void unfit(JsonGenerator json, Unfit unfit) throws IOException {
        if (unfit.id() != null) {
            json.writeStringField("id", unfit.id());
        }
        if (unfit.line() > 0) {
            json.writeNumberField("line", unfit.line());
        }
        members(
                json,
                new ProblemDetails(
                        StatusCodes.UNPROCESSABLE_ENTITY, unfit.reason().code(), unfit.detail()));
    }

    private static void members(JsonGenerator json, ProblemDetails problem) throws IOException {
        json.writeStringField("type", problem.type());
        json.writeStringField("title", problem.title());
        json.writeNumberField("status", problem.status());
        json.writeStringField("detail", problem.detail());
    }

    private interface Content {
        void write(JsonGenerator json) throws IOException;
    }

    private static byte[] document(int size, Content content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(size);
        try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
            json.writeStartObject();
            content.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("bytes in memory", e);
        }
        return bytes.toByteArray();
    }
}
