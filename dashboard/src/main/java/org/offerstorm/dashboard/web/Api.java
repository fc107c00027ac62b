package org.offerstorm.dashboard.web;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.offerstorm.core.model.Cell;
import org.offerstorm.core.model.Continent;
import org.offerstorm.dashboard.live.Connection;
import org.offerstorm.dashboard.live.HistoryView;
import org.offerstorm.dashboard.live.LastMinute;
import org.offerstorm.dashboard.live.LiveTable;
import org.offerstorm.dashboard.live.Move;
import org.offerstorm.dashboard.live.Series;
import org.offerstorm.dashboard.live.Table;
import org.offerstorm.dashboard.live.Update;
import org.offerstorm.dashboard.trigger.ChannelState;
import org.offerstorm.dashboard.trigger.TriggerState;
import org.offerstorm.dashboard.trigger.TriggersView;
import org.offerstorm.sinks.redis.CountedChange;
import org.offerstorm.sinks.redis.MinuteRate;

/** The documents of the API, as openapi.json describes them. Fields may be added, never changed. */
final class Api {
    /** Version of the documents' form. */
    static final int SCHEMA = 1;

    private Api() {}

    /** The whole table. */
    static byte[] counts(Table table) {
        return JsonDocument.document(json -> {
            json.writeStringField("id", table.newest().toString());
            JsonDocument.time(json, "asOf", table.asOf());
            JsonDocument.time(json, "changedAt", table.changedAt());
            table(json, table.counts());
        });
    }

    /** Totals, and the cells that they are of. */
    static void table(JsonGenerator json, Map<Cell, Long> counts) throws IOException {
        Map<String, Long> categories = new TreeMap<>();
        Map<Continent, Long> continents = new LinkedHashMap<>();
        for (Continent continent : Continent.values()) {
            continents.put(continent, 0L);
        }
        counts.forEach((cell, n) -> {
            categories.merge(cell.category(), n, Long::sum);
            continents.merge(cell.continent(), n, Long::sum);
        });
        json.writeNumberField(
                "total", counts.values().stream().mapToLong(Long::longValue).sum());
        json.writeArrayFieldStart("continents");
        for (Map.Entry<Continent, Long> continent : continents.entrySet()) {
            json.writeStartObject();
            json.writeStringField("id", continent.getKey().name());
            json.writeStringField("name", continent.getKey().label());
            json.writeNumberField("total", continent.getValue());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("categories");
        for (Map.Entry<String, Long> category : categories.entrySet()) {
            json.writeStartObject();
            json.writeStringField("name", category.getKey());
            json.writeNumberField("total", category.getValue());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("cells");
        for (Map.Entry<Cell, Long> cell : counts.entrySet()) {
            json.writeStartObject();
            cell(json, cell.getKey());
            json.writeNumberField("count", cell.getValue());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** What happened between two tables. */
    static byte[] changes(Update update) {
        return JsonDocument.document(json -> {
            json.writeStringField("from", update.from().toString());
            json.writeStringField("id", update.to().toString());
            JsonDocument.time(json, "asOf", update.asOf());
            JsonDocument.time(json, "changedAt", update.changedAt());
            json.writeNumberField("new", update.added());
            json.writeNumberField("corrected", update.corrected());
            json.writeNumberField("deleted", update.deleted());
            json.writeNumberField("total", update.total());
            json.writeArrayFieldStart("cells");
            for (var moved : update.cells().entrySet()) {
                json.writeStartObject();
                cell(json, moved.getKey());
                json.writeNumberField("by", moved.getValue().by());
                json.writeNumberField("count", moved.getValue().count());
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    /** The latest changes, chunk by chunk, oldest first. */
    static byte[] recent(List<CountedChange> recent) {
        return JsonDocument.document(json -> {
            json.writeArrayFieldStart("changes");
            for (CountedChange change : recent) {
                json.writeStartObject();
                json.writeStringField("id", change.id().toString());
                JsonDocument.time(json, "asOf", change.at());
                JsonDocument.time(json, "changedAt", change.writtenAt());
                json.writeNumberField("new", change.added());
                json.writeNumberField("corrected", change.corrected());
                json.writeNumberField("deleted", change.deleted());
                json.writeArrayFieldStart("cells");
                for (Map.Entry<Cell, Long> moved : change.cells().entrySet()) {
                    json.writeStartObject();
                    cell(json, moved.getKey());
                    json.writeNumberField("by", moved.getValue());
                    json.writeEndObject();
                }
                json.writeEndArray();
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    /** The last minute and the last hours. */
    static byte[] rates(LiveTable live) {
        HistoryView history = live.history();
        LastMinute now = live.lastMinute();
        return JsonDocument.document(json -> {
            JsonDocument.time(json, "at", live.now());
            lastMinute(json, now);
            json.writeArrayFieldStart("minutes");
            for (MinuteRate rate : history.rates()) {
                minute(json, rate);
            }
            json.writeEndArray();
            json.writeObjectFieldStart("moves");
            JsonDocument.time(json, "from", history.firstMinute() * 60_000);
            json.writeArrayFieldStart("continents");
            for (Map.Entry<Continent, Series> continent : history.continents().entrySet()) {
                json.writeStartObject();
                json.writeStringField("id", continent.getKey().name());
                series(json, continent.getValue());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeArrayFieldStart("categories");
            for (Map.Entry<String, Series> category : history.categories().entrySet()) {
                json.writeStartObject();
                json.writeStringField("name", category.getKey());
                series(json, category.getValue());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    /** The last minute, and of the last hours what still grows: for those who know the rest. */
    static byte[] latestRates(LiveTable live) {
        List<MinuteRate> rates = live.history().rates();
        return JsonDocument.document(json -> {
            JsonDocument.time(json, "at", live.now());
            lastMinute(json, live.lastMinute());
            json.writeArrayFieldStart("minutes");
            for (MinuteRate rate : rates.subList(Math.max(0, rates.size() - 3), rates.size())) {
                minute(json, rate);
            }
            json.writeEndArray();
        });
    }

    /** Whether Redis answers, and how old the table is. */
    static byte[] status(LiveTable live) {
        return JsonDocument.document(json -> status(json, live));
    }

    /** The same, and how many listen. */
    static byte[] health(LiveTable live, int viewers, long dropped) {
        return JsonDocument.document(json -> {
            status(json, live);
            json.writeNumberField("viewers", viewers);
            json.writeNumberField("dropped", dropped);
        });
    }

    private static void status(JsonGenerator json, LiveTable live) throws IOException {
        Connection link = live.link();
        Table table = live.table();
        json.writeStringField("status", link.up() ? "live" : "away");
        JsonDocument.time(json, "since", link.since());
        json.writeStringField("message", link.message());
        JsonDocument.time(json, "at", live.now());
        JsonDocument.time(json, "asOf", table.asOf());
        JsonDocument.time(json, "changedAt", table.changedAt());
    }

    /** The state of the rules, and of the channels for messages about them. */
    static byte[] triggers(TriggersView view) {
        return JsonDocument.document(json -> {
            json.writeArrayFieldStart("triggers");
            for (TriggerState state : view.rules()) {
                json.writeStartObject();
                json.writeStringField("name", state.name());
                json.writeStringField("rule", state.rule());
                json.writeStringField("state", state.phase().name().toLowerCase(Locale.ROOT));
                JsonDocument.time(json, "since", state.since());
                if (state.value() == Math.rint(state.value())) {
                    json.writeNumberField("value", (long) state.value());
                } else {
                    json.writeNumberField("value", state.value());
                }
                json.writeStringField("words", state.words());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeArrayFieldStart("channels");
            for (ChannelState channel : view.channels()) {
                json.writeStartObject();
                json.writeStringField("name", channel.name());
                json.writeStringField("form", channel.form().word());
                json.writeNumberField("waiting", channel.waiting());
                json.writeNumberField("sent", channel.sent());
                json.writeNumberField("givenUp", channel.givenUp());
                if (channel.sentAt() > 0) {
                    JsonDocument.time(json, "sentAt", channel.sentAt());
                }
                json.writeStringField("problem", channel.problem());
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    private static void cell(JsonGenerator json, Cell cell) throws IOException {
        json.writeStringField("category", cell.category());
        json.writeStringField("continent", cell.continent().name());
    }

    private static void lastMinute(JsonGenerator json, LastMinute now) throws IOException {
        json.writeObjectFieldStart("lastMinute");
        json.writeNumberField("new", now.added());
        json.writeNumberField("corrected", now.corrected());
        json.writeNumberField("deleted", now.deleted());
        json.writeArrayFieldStart("cells");
        for (Map.Entry<Cell, Move> moved : now.cells().entrySet()) {
            json.writeStartObject();
            cell(json, moved.getKey());
            json.writeNumberField("in", moved.getValue().in());
            json.writeNumberField("out", moved.getValue().out());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void minute(JsonGenerator json, MinuteRate rate) throws IOException {
        json.writeStartObject();
        JsonDocument.time(json, "minute", rate.minute() * 60_000);
        json.writeNumberField("new", rate.added());
        json.writeNumberField("corrected", rate.corrected());
        json.writeNumberField("deleted", rate.deleted());
        json.writeEndObject();
    }

    private static void series(JsonGenerator json, Series series) throws IOException {
        json.writeArrayFieldStart("in");
        for (int i = 0; i < series.minutes(); i++) {
            json.writeNumber(series.in(i));
        }
        json.writeEndArray();
        json.writeArrayFieldStart("out");
        for (int i = 0; i < series.minutes(); i++) {
            json.writeNumber(series.out(i));
        }
        json.writeEndArray();
    }
}
