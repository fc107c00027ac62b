package org.offerstorm.tools.inspect;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.offerstorm.core.mapping.Pointer;

/** Finds the array of records in a JSON document that is one object. */
final class RecordArrays {
    private static final Set<String> TELLING = Set.of(
            "data",
            "items",
            "results",
            "jobs",
            "offers",
            "records",
            "hits",
            "content",
            "entries",
            "elements",
            "postings",
            "positions",
            "vacancies",
            "resultats",
            "offres",
            "ergebnisse",
            "stellen",
            "ofertas",
            "@graph");
    private static final int MAX_DEPTH = 6;
    private static final int FEW = 2;

    private RecordArrays() {}

    /** Where it is; null if the text is a record a line, or one record alone. */
    static Pointer find(String text) {
        Map<List<String>, Integer> counts = new LinkedHashMap<>();
        try (JsonParser json = new JsonFactory().createParser(text)) {
            json.nextToken();
            object(json, List.of(), counts);
            if (json.nextToken() != null) {
                return null; // another record follows
            }
        } catch (IOException e) {
            // Cut, because the text is only the start of the file: what was seen counts.
            if (counts.values().stream().noneMatch(count -> count > FEW)) {
                return null;
            }
        }
        List<String> best = null;
        int most = 0;
        for (Map.Entry<List<String>, Integer> array : counts.entrySet()) {
            List<String> path = array.getKey();
            boolean telling = TELLING.contains(path.get(path.size() - 1).toLowerCase(Locale.ROOT));
            int weight = telling ? array.getValue() * 1000 : array.getValue();
            if ((telling || array.getValue() >= FEW) && weight > most) {
                best = path;
                most = weight;
            }
        }
        return best == null ? null : new Pointer(best);
    }

    private static void object(JsonParser json, List<String> path, Map<List<String>, Integer> counts)
            throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            List<String> below = new ArrayList<>(path);
            below.add(json.currentName());
            switch (json.nextToken()) {
                case START_OBJECT -> {
                    if (below.size() < MAX_DEPTH) {
                        object(json, below, counts);
                    } else {
                        json.skipChildren();
                    }
                }
                case START_ARRAY -> array(json, below, counts);
                default -> {}
            }
        }
    }

    /** Counts its objects, and does not look into them: arrays in records are not of records. */
    private static void array(JsonParser json, List<String> path, Map<List<String>, Integer> counts)
            throws IOException {
        JsonToken token = json.nextToken();
        while (token != null && token != JsonToken.END_ARRAY) {
            if (token == JsonToken.START_OBJECT) {
                counts.merge(path, 1, Integer::sum);
            }
            json.skipChildren();
            token = json.nextToken();
        }
    }
}
