package org.offerstorm.local.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedSolrTest {
    @TempDir
    Path directory;

    @Test
    void starts_again_on_the_same_directory() throws Exception {
        for (int i = 0; i < 2; i++) {
            try (EmbeddedSolr solr = EmbeddedSolr.start(directory, 0, EmbeddedSolrTest::copyConfigset)) {
                String answer = get(solr.url() + "/" + EmbeddedSolr.CORE + "/select?q=*:*&wt=json");
                assertThat(answer).contains("\"numFound\":0");
            }
        }
    }

    private static void copyConfigset(Path target) throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("offerstorm.root"), "conf/solr/offers/conf"))) {
            for (Path file : files.toList()) {
                Files.copy(file, target.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private static String get(String url) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
