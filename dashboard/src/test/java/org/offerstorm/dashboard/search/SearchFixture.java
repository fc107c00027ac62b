package org.offerstorm.dashboard.search;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.core.mapping.DataSet;
import org.offerstorm.core.model.Change;
import org.offerstorm.core.model.Chunk;
import org.offerstorm.core.model.Offer;
import org.offerstorm.core.sink.Sink;
import org.offerstorm.core.sink.SinkContext;
import org.offerstorm.core.sink.WriteResult.Done;
import org.offerstorm.dashboard.Dashboard;
import org.offerstorm.local.servers.EmbeddedSolr;
import org.offerstorm.sinks.solr.Configset;
import org.offerstorm.sinks.solr.SolrConfig;
import org.offerstorm.sinks.solr.SolrCounts;
import org.offerstorm.sinks.solr.SolrSinkFactory;
import org.offerstorm.tools.config.ConfigLoader;
import org.offerstorm.tools.config.ReferenceTable;
import org.offerstorm.tools.mapping.DataSets;

/** A real Solr with the sample offers, written by the real sink, and the web server over it. Redis is away. */
final class SearchFixture implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    final EmbeddedSolr solr;
    private final SolrConfig config;
    private final Dashboard dashboard;

    SearchFixture(Path directory) throws IOException {
        this(directory, "none");
    }

    /** @param mapping path of a mapping file whose further fields the search knows */
    SearchFixture(Path directory, String mapping) throws IOException {
        solr = EmbeddedSolr.start(directory, 0, Configset::copyTo);
        config = new SolrConfig(solr.url(), EmbeddedSolr.CORE, Duration.ofSeconds(30), Duration.ofSeconds(1));
        write(SampleOffers.chunk());
        OfferstormConfig all = ConfigLoader.load(
                null, Map.of("solr.url", solr.url(), "redis.uri", "redis://127.0.0.1:1", "source.mapping", mapping));
        dashboard = Dashboard.start(all, DataSets.of(all), InetAddress.getLoopbackAddress(), 0);
    }

    /** Writes, and makes it visible. */
    void write(Chunk<Change> chunk) throws IOException {
        Sink sink = new SolrSinkFactory(config).create(new SinkContext(0, 1, 1, "test", InstantSource.system()));
        assertThat(sink.write(chunk)).isInstanceOf(Done.class);
        sink.close();
        new SolrCounts(config).commit();
    }

    void delete(List<Offer> offers) throws IOException {
        write(SampleOffers.deletionOf(offers));
    }

    /** Makes Solr read the files of the core again. */
    void reload() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(solr.url() + "/admin/cores?action=RELOAD&core=" + EmbeddedSolr.CORE))
                .build();
        assertThat(CLIENT.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(200);
    }

    /** Another search of the same offers, by another clock. */
    OfferSearch search(InstantSource clock) {
        return new OfferSearch(config, DataSet.of(ReferenceTable.builtIn()), clock);
    }

    String url() {
        return dashboard.url();
    }

    /** The body of a path that must be answered with 200. */
    JsonNode json(String path) throws IOException, InterruptedException {
        HttpResponse<String> response = get(path);
        assertThat(response.statusCode()).as(path + ": " + response.body()).isEqualTo(200);
        return JSON.readTree(response.body());
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return CLIENT.send(
                HttpRequest.newBuilder(URI.create(dashboard.url() + path)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    List<String> ids(String parameters) throws IOException, InterruptedException {
        List<String> ids = new ArrayList<>();
        json("api/offers?" + parameters)
                .get("offers")
                .forEach(offer -> ids.add(offer.get("id").asText()));
        return ids;
    }

    /** What the index of Solr makes of each text, as a list in brackets. */
    List<String> tokens(String type, List<String> texts) throws IOException, InterruptedException {
        String field = type.equals("text") ? "name" : "words";
        StringBuilder documents = new StringBuilder("<docs>");
        for (int i = 0; i < texts.size(); i++) {
            documents
                    .append("<doc><field name='id'>")
                    .append(i)
                    .append("</field><field name='")
                    .append(field)
                    .append("'>");
            texts.get(i)
                    .codePoints()
                    .forEach(c -> documents.append("&#").append(c).append(';'));
            documents.append("</field></doc>");
        }
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(solr.url() + "/" + EmbeddedSolr.CORE + "/analysis/document?wt=json"))
                .header("Content-Type", "text/xml")
                .POST(HttpRequest.BodyPublishers.ofString(
                        documents.append("</docs>").toString()))
                .build();
        HttpResponse<String> response = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        JsonNode analysis = JSON.readTree(response.body()).get("analysis");
        List<String> tokens = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            JsonNode stages =
                    analysis.at("/" + i + "/" + field + "/index").elements().next();
            List<String> last = new ArrayList<>();
            stages.get(stages.size() - 1)
                    .forEach(token -> last.add(token.get("text").asText()));
            tokens.add(last.toString());
        }
        return tokens;
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        dashboard.close();
        solr.close();
    }
}
