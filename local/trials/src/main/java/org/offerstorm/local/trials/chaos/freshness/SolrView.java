package org.offerstorm.local.trials.chaos.freshness;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.offerstorm.sinks.solr.SolrConfig;

/** Solr's real-time get finds a document as soon as the update log has it, before any commit. */
final class SolrView implements SinkView {
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(TIMEOUT)
            .version(HttpClient.Version.HTTP_1_1)
            .proxy(HttpClient.Builder.NO_PROXY)
            .build();
    private final ObjectMapper json = new ObjectMapper();
    private final String url;

    SolrView(SolrConfig config) {
        this.url = config.url() + "/" + config.core() + "/get?wt=json&fl=id&ids=";
    }

    @Override
    public String sink() {
        return "solr";
    }

    @Override
    public boolean holds(List<List<Markers.Marker>> markers) throws IOException {
        String ids =
                markers.stream().flatMap(List::stream).map(Markers.Marker::id).collect(Collectors.joining(","));
        Set<String> found = get(ids);
        return markers.stream().allMatch(those -> those.stream().anyMatch(marker -> found.contains(marker.id())));
    }

    @Override
    public void close() {
        // The client has no connection that would not end by itself.
    }

    private Set<String> get(String ids) throws IOException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(url + ids)).timeout(TIMEOUT).build();
        try {
            HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            if (answer.statusCode() != 200) {
                throw new IOException("Solr answers " + answer.statusCode());
            }
            Set<String> found = new HashSet<>();
            for (JsonNode document :
                    json.readTree(answer.body()).path("response").path("docs")) {
                found.add(document.path("id").asText());
            }
            return found;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
