package org.offerstorm.dashboard.web;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import org.offerstorm.dashboard.day.Day;
import org.offerstorm.dashboard.pipeline.PipelineView;
import org.offerstorm.dashboard.pipeline.PipelineView.Figure;
import org.offerstorm.dashboard.pipeline.PipelineView.Step;
import org.offerstorm.dashboard.pipeline.PipelineView.Worker;
import org.offerstorm.dashboard.pipeline.PipelineWatch;

/** The pipeline as JSON. What is not known is null. */
final class PipelineJson {
    /** Minutes of a step of the history: as many points as a small picture has room for. */
    static final int STEP = 5;

    private static final String PREFIX = "pipeline.";

    private PipelineJson() {}

    static byte[] now(PipelineView view) {
        return JsonDocument.document(json -> {
            JsonDocument.time(json, "at", view.at());
            json.writeBooleanField("watched", view.isSet());
            text(json, "problem", view.problem());
            json.writeArrayFieldStart("workers");
            for (Worker worker : view.workers()) {
                json.writeStartObject();
                json.writeStringField("address", worker.address());
                json.writeBooleanField("answers", worker.answers());
                JsonDocument.time(json, "since", worker.since());
                text(json, "reason", worker.reason());
                text(json, "topology", worker.topology());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeArrayFieldStart("steps");
            for (Step step : view.steps()) {
                step(json, step);
            }
            json.writeEndArray();
        });
    }

    private static void step(JsonGenerator json, Step step) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", step.id());
        json.writeStringField("title", step.title());
        text(json, "from", step.from());
        json.writeBooleanField("sink", step.isSink());
        json.writeStringField("state", step.state().name().toLowerCase(Locale.ROOT));
        JsonDocument.time(json, "since", step.since());
        json.writeArrayFieldStart("reasons");
        for (String reason : step.reasons()) {
            json.writeString(reason);
        }
        json.writeEndArray();
        number(json, "rate", step.rate());
        number(json, "p50", step.p50());
        number(json, "p99", step.p99());
        json.writeArrayFieldStart("figures");
        for (Figure figure : step.figures()) {
            json.writeStartObject();
            json.writeStringField("name", figure.name());
            json.writeStringField("title", figure.title());
            number(json, "value", figure.value());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /** The last day; the values of a series are those of five minutes each, the oldest first. */
    static byte[] history(PipelineWatch pipeline, long now) {
        long last = now / 60_000;
        return JsonDocument.document(json -> {
            JsonDocument.time(json, "from", (last - Day.MINUTES + 1) * 60_000);
            json.writeNumberField("minutes", STEP);
            json.writeObjectFieldStart("series");
            for (String name : pipeline.series()) {
                json.writeArrayFieldStart(name.substring(PREFIX.length()));
                values(json, pipeline.day().steps(name, last, STEP));
                json.writeEndArray();
            }
            json.writeEndObject();
        });
    }

    static void values(JsonGenerator json, double[] values) throws IOException {
        for (double value : values) {
            if (Double.isFinite(value)) {
                json.writeNumber(rounded(value));
            } else {
                json.writeNull();
            }
        }
    }

    static void number(JsonGenerator json, String name, double value) throws IOException {
        if (Double.isFinite(value)) {
            json.writeNumberField(name, rounded(value));
        } else {
            json.writeNullField(name);
        }
    }

    /** Thousandths, as decimals without a tail. */
    private static BigDecimal rounded(double value) {
        BigDecimal plain =
                BigDecimal.valueOf(value).setScale(3, RoundingMode.HALF_UP).stripTrailingZeros();
        return plain.scale() < 0 ? plain.setScale(0) : plain;
    }

    private static void text(JsonGenerator json, String name, String text) throws IOException {
        if (text.isEmpty()) {
            json.writeNullField(name);
        } else {
            json.writeStringField(name, text);
        }
    }
}
