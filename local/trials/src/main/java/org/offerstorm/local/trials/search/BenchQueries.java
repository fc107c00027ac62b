package org.offerstorm.local.trials.search;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.offerstorm.dashboard.search.OfferSearch;
import org.offerstorm.dashboard.search.SearchRequest;

/** The queries of a file: one a line, as the parameters of {@code GET /api/offers}. */
final class BenchQueries {
    private final List<SearchRequest> requests = new ArrayList<>();

    BenchQueries(Path file, OfferSearch search) throws IOException {
        for (String line : Files.readAllLines(file)) {
            if (!line.isBlank() && !line.startsWith("#")) {
                requests.add(search.read(parameters(line.trim())));
            }
        }
        if (requests.isEmpty()) {
            throw new IOException(file + " holds no query");
        }
    }

    SearchRequest get(int n) {
        return requests.get(n % requests.size());
    }

    int size() {
        return requests.size();
    }

    private static Map<String, List<String>> parameters(String line) {
        Map<String, List<String>> parameters = new TreeMap<>();
        for (String part : line.split("&", -1)) {
            String[] pair = part.split("=", 2);
            parameters
                    .computeIfAbsent(pair[0], name -> new ArrayList<>())
                    .add(URLDecoder.decode(pair[1], StandardCharsets.UTF_8));
        }
        return parameters;
    }
}
