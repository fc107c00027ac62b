package org.offerstorm.dashboard.web;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.offerstorm.core.model.Details;
import org.offerstorm.core.model.FieldType;
import org.offerstorm.core.model.FieldValue;
import org.offerstorm.core.model.Salary;
import org.offerstorm.dashboard.search.Box;
import org.offerstorm.dashboard.search.Highlights.Part;
import org.offerstorm.dashboard.search.SearchResult;
import org.offerstorm.dashboard.search.SearchResult.Fewer;
import org.offerstorm.dashboard.search.SearchResult.Heat;
import org.offerstorm.dashboard.search.SearchResult.Help;
import org.offerstorm.dashboard.search.SearchResult.Hit;
import org.offerstorm.dashboard.search.SearchResult.Value;
import org.offerstorm.dashboard.search.SearchResult.Without;
import org.offerstorm.dashboard.search.Suggestions.Suggestion;

/** The search's documents, as openapi.json describes them. Fields may be added, never changed. */
public final class SearchJson {
    private SearchJson() {}

    static byte[] result(SearchResult result, long millis) {
        return JsonDocument.document(json -> {
            json.writeNumberField("total", result.total());
            json.writeBooleanField("complete", result.complete());
            json.writeNumberField("millis", millis);
            json.writeArrayFieldStart("offers");
            for (Hit hit : result.offers()) {
                json.writeStartObject();
                hit(json, hit);
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeObjectFieldStart("facets");
            for (Map.Entry<String, List<Value>> facet : result.facets().entrySet()) {
                json.writeArrayFieldStart(facet.getKey());
                for (Value value : facet.getValue()) {
                    value(json, value);
                }
                json.writeEndArray();
            }
            json.writeEndObject();
            if (result.heat() != null) {
                heat(json, result.heat());
            }
            json.writeStringField("next", result.next());
            if (result.help() != null) {
                help(json, result.help());
            }
            if (result.notice() != null) {
                json.writeStringField("notice", result.notice());
            }
        });
    }

    /** One offer: {@code GET /api/offers/ID}. */
    public static byte[] offer(Hit hit) {
        return JsonDocument.document(json -> hit(json, hit));
    }

    static byte[] suggestions(List<Suggestion> suggestions) {
        return JsonDocument.document(json -> {
            json.writeArrayFieldStart("suggestions");
            for (Suggestion suggestion : suggestions) {
                json.writeStartObject();
                json.writeStringField("kind", suggestion.kind());
                json.writeStringField("text", suggestion.text());
                json.writeNumberField("count", suggestion.count());
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    static byte[] error(String message) {
        return JsonDocument.document(json -> json.writeStringField("error", message));
    }

    private static void hit(JsonGenerator json, Hit hit) throws IOException {
        json.writeStringField("id", hit.id());
        json.writeStringField("name", hit.name());
        json.writeArrayFieldStart("title");
        parts(json, hit.title());
        json.writeEndArray();
        json.writeStringField("company", hit.company());
        json.writeStringField("contract", hit.contract());
        json.writeStringField("category", hit.category());
        json.writeStringField("continent", hit.continent());
        if (hit.professionId() != null) {
            json.writeNumberField("professionId", hit.professionId());
            json.writeStringField("profession", hit.profession());
        }
        if (hit.publishedAt() != null) {
            JsonDocument.time(json, "publishedAt", hit.publishedAt());
        }
        if (hit.latitude() != null && hit.longitude() != null) {
            json.writeNumberField("latitude", hit.latitude());
            json.writeNumberField("longitude", hit.longitude());
        }
        if (!Double.isNaN(hit.distanceKm())) {
            json.writeNumberField("distanceKm", Math.round(hit.distanceKm() * 10) / 10.0);
        }
        details(json, hit.details());
        if (!hit.fields().isEmpty()) {
            json.writeArrayFieldStart("fields");
            for (FieldValue field : hit.fields()) {
                field(json, field);
            }
            json.writeEndArray();
        }
        if (hit.description() == null) {
            json.writeArrayFieldStart("excerpt");
            for (List<Part> passage : hit.excerpt()) {
                json.writeStartArray();
                parts(json, passage);
                json.writeEndArray();
            }
            json.writeEndArray();
        } else {
            json.writeStringField("description", hit.description());
        }
    }

    private static void details(JsonGenerator json, Details details) throws IOException {
        text(json, "url", details.url());
        text(json, "city", details.city());
        text(json, "country", details.country());
        if (details.remote() != null) {
            json.writeBooleanField("remote", details.remote());
        }
        if (details.salary() != null) {
            Salary salary = details.salary();
            json.writeObjectFieldStart("salary");
            if (salary.hasMin()) {
                json.writeNumberField("min", salary.min());
            }
            if (salary.hasMax()) {
                json.writeNumberField("max", salary.max());
            }
            text(json, "currency", salary.currency());
            text(json, "period", salary.period());
            json.writeEndObject();
        }
        if (details.hasValidThrough()) {
            JsonDocument.time(json, "validThrough", details.validThroughMillis());
        }
    }

    private static void text(JsonGenerator json, String name, String value) throws IOException {
        if (value != null) {
            json.writeStringField(name, value);
        }
    }

    private static void field(JsonGenerator json, FieldValue field) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", field.field().name());
        json.writeStringField("type", field.field().type().code());
        Object value = field.value();
        if (field.field().type() == FieldType.DATE) {
            JsonDocument.time(json, "value", (Long) value);
        } else if (value instanceof List<?> list) {
            json.writeArrayFieldStart("value");
            for (Object entry : list) {
                json.writeString(String.valueOf(entry));
            }
            json.writeEndArray();
        } else if (value instanceof Long number) {
            json.writeNumberField("value", number);
        } else if (value instanceof Double number) {
            json.writeNumberField("value", number);
        } else if (value instanceof Boolean yes) {
            json.writeBooleanField("value", yes);
        } else {
            json.writeStringField("value", String.valueOf(value));
        }
        json.writeEndObject();
    }

    private static void parts(JsonGenerator json, List<Part> parts) throws IOException {
        for (Part part : parts) {
            json.writeStartObject();
            json.writeStringField("text", part.text());
            if (part.found()) {
                json.writeBooleanField("found", true);
            }
            json.writeEndObject();
        }
    }

    private static void value(JsonGenerator json, Value value) throws IOException {
        json.writeStartObject();
        json.writeStringField("value", value.value());
        json.writeStringField("name", value.name());
        json.writeNumberField("count", value.count());
        if (value.selected()) {
            json.writeBooleanField("selected", true);
        }
        json.writeEndObject();
    }

    private static void heat(JsonGenerator json, Heat heat) throws IOException {
        json.writeObjectFieldStart("heat");
        Box box = heat.box();
        json.writeArrayFieldStart("box");
        for (double side : new double[] {box.west(), box.south(), box.east(), box.north()}) {
            json.writeNumber(side);
        }
        json.writeEndArray();
        json.writeNumberField("columns", heat.columns());
        json.writeNumberField("rows", heat.rows());
        json.writeArrayFieldStart("cells"); // column, row, offers: most cells are empty
        List<List<Integer>> counts = heat.counts();
        for (int row = 0; counts != null && row < counts.size(); row++) {
            List<Integer> cells = counts.get(row);
            for (int column = 0; cells != null && column < cells.size(); column++) {
                if (cells.get(column) > 0) {
                    json.writeStartArray();
                    json.writeNumber(column);
                    json.writeNumber(row);
                    json.writeNumber(cells.get(column));
                    json.writeEndArray();
                }
            }
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void help(JsonGenerator json, Help help) throws IOException {
        json.writeObjectFieldStart("help");
        if (help.spelling() != null) {
            json.writeObjectFieldStart("spelling");
            json.writeStringField("q", help.spelling());
            json.writeNumberField("total", help.spellingTotal());
            json.writeBooleanField("withoutFilters", help.spellingBare());
            json.writeEndObject();
        }
        json.writeArrayFieldStart("without");
        for (Without without : help.without()) {
            json.writeStartObject();
            json.writeStringField("filter", without.filter());
            json.writeNumberField("total", without.total());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("fewer");
        for (Fewer fewer : help.fewer()) {
            json.writeStartObject();
            json.writeStringField("q", fewer.query());
            json.writeNumberField("total", fewer.total());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
