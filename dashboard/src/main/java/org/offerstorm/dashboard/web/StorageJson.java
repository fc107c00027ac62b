package org.offerstorm.dashboard.web;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.offerstorm.core.sink.StoreStatistics;
import org.offerstorm.core.sink.StoreStatistics.DateSize;
import org.offerstorm.core.sink.StoreStatistics.Figure;
import org.offerstorm.core.sink.StoreStatistics.Unit;
import org.offerstorm.dashboard.day.Day;
import org.offerstorm.dashboard.day.Growth;
import org.offerstorm.dashboard.storage.Storage;
import org.offerstorm.dashboard.storage.StoreView;

/** What the stores hold as JSON. What is not known is null. */
final class StorageJson {
    private StorageJson() {}

    static byte[] now(Storage storage, long now) {
        long last = now / 60_000;
        return JsonDocument.document(json -> {
            JsonDocument.time(json, "at", now);
            json.writeObjectFieldStart("offers");
            Map<String, Long> offers = storage.offers();
            for (String state : new String[] {"live", "deleted", "unknown"}) {
                if (offers.containsKey(state)) {
                    json.writeNumberField(state, offers.get(state));
                } else {
                    json.writeNullField(state);
                }
            }
            json.writeEndObject();
            json.writeNumberField("minutes", PipelineJson.STEP);
            json.writeArrayFieldStart("stores");
            for (StoreView store : storage.stores()) {
                store(json, store, storage.day(), last);
            }
            json.writeEndArray();
        });
    }

    private static void store(JsonGenerator json, StoreView store, Day day, long last) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", store.name());
        json.writeStringField("title", store.title());
        json.writeStringField("state", store.state().name().toLowerCase(Locale.ROOT));
        JsonDocument.time(json, "since", store.since());
        if (store.reason().isEmpty()) {
            json.writeNullField("reason");
        } else {
            json.writeStringField("reason", store.reason());
        }
        JsonDocument.time(json, "asOf", store.at());
        StoreStatistics statistics = store.statistics().orElse(StoreStatistics.of(List.of()));
        json.writeArrayFieldStart("missing");
        for (String why : statistics.missing()) {
            json.writeString(why);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("figures");
        Figure main = null;
        for (Figure figure : statistics.figures()) {
            main = main == null && figure.unit() == Unit.BYTES ? figure : main;
            figure(json, figure, day.growth(store.series(figure), last));
        }
        json.writeEndArray();
        json.writeArrayFieldStart("history");
        if (main != null) {
            PipelineJson.values(json, day.steps(store.series(main), last, PipelineJson.STEP));
        }
        json.writeEndArray();
        json.writeArrayFieldStart("dates");
        for (DateSize date : statistics.dates()) {
            json.writeStartObject();
            json.writeStringField("date", date.date());
            json.writeNumberField("files", date.files());
            json.writeNumberField("bytes", date.bytes());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void figure(JsonGenerator json, Figure figure, Optional<Growth> growth) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", figure.name());
        json.writeStringField("title", figure.title());
        json.writeStringField("unit", figure.unit() == Unit.BYTES ? "bytes" : "number");
        json.writeNumberField("value", figure.value());
        if (growth.isPresent()) {
            json.writeObjectFieldStart("growth");
            json.writeNumberField("day", Math.round(growth.get().perDay()));
            json.writeNumberField("month", Math.round(growth.get().perMonth()));
            json.writeNumberField("basedOnMinutes", growth.get().basedOn());
            json.writeEndObject();
        } else {
            json.writeNullField("growth");
        }
        json.writeEndObject();
    }
}
