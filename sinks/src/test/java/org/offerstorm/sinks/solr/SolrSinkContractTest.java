package org.offerstorm.sinks.solr;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.offerstorm.core.sink.Sink;
import org.offerstorm.core.sink.SinkContext;
import org.offerstorm.local.servers.EmbeddedSolr;
import org.offerstorm.sinks.contract.SinkContract;

class SolrSinkContractTest extends SinkContract {
    @TempDir
    static Path directory;

    private static EmbeddedSolr solr;

    @BeforeAll
    static void start() throws IOException {
        solr = EmbeddedSolr.start(directory, 0, Configset::copyTo);
    }

    @AfterAll
    static void stop() {
        if (solr != null) {
            solr.close();
        }
    }

    @BeforeEach
    void empty() throws Exception {
        URI uri = URI.create(solr.url() + "/" + EmbeddedSolr.CORE + "/update?commit=true");
        HttpRequest deleteAll = HttpRequest.newBuilder(uri)
                .header("Content-Type", "text/xml")
                .POST(HttpRequest.BodyPublishers.ofString("<delete><query>*:*</query></delete>"))
                .build();
        int status = HttpClient.newHttpClient()
                .send(deleteAll, HttpResponse.BodyHandlers.discarding())
                .statusCode();
        if (status != 200) {
            throw new IOException("cannot empty the core: " + status);
        }
    }

    @Override
    protected Sink open(SinkContext context) {
        return new SolrSinkFactory(SolrFixture.config(solr)).create(context);
    }

    @Override
    protected Map<String, Long> counts() throws IOException {
        return SolrFixture.counts(solr.url());
    }

    @Override
    protected Optional<Set<String>> liveIds() throws Exception {
        return Optional.of(SolrFixture.liveIds(solr.url()));
    }
}
