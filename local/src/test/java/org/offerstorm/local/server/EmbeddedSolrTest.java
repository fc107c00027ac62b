package org.offerstorm.local.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedSolrTest {
    @TempDir
    Path directory;

    @Test
    void startsAgainOnTheSameDirectory() throws Exception {
        for (int i = 0; i < 2; i++) {
            try (EmbeddedSolr solr = EmbeddedSolr.start(directory, 0)) {
                String answer = get(solr.url() + "/" + EmbeddedSolr.CORE + "/select?q=*:*&wt=json");
                assertThat(answer).contains("\"numFound\":0");
            }
        }
    }

    private static String get(String url) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
