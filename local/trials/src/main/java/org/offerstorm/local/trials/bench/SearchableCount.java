package org.offerstorm.local.trials.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.offerstorm.sinks.solr.SolrConfig;

/** Asks Solr itself how many offers a search finds. Used by one thread. */
final class SearchableCount {
    private final HttpClient client = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();
    private final URI query;

    SearchableCount(SolrConfig solr) {
        this.query = URI.create(solr.url() + "/" + solr.core() + "/select?q=*:*&rows=0&wt=json");
    }

    long now() throws IOException, InterruptedException {
        HttpResponse<byte[]> answer =
                client.send(HttpRequest.newBuilder(query).build(), HttpResponse.BodyHandlers.ofByteArray());
        JsonNode response = json.readTree(answer.body()).path("response");
        return response.path("numFound").asLong();
    }
}
