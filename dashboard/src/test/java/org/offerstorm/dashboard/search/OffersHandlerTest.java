package org.offerstorm.dashboard.search;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.offerstorm.core.sink.Sink;
import org.offerstorm.core.sink.SinkContext;
import org.offerstorm.core.sink.WriteResult.Done;
import org.offerstorm.dashboard.search.SampleOffers.Expectation;
import org.offerstorm.local.servers.EmbeddedSolr;
import org.offerstorm.sinks.solr.Configset;
import org.offerstorm.sinks.solr.SolrConfig;
import org.offerstorm.sinks.solr.SolrCounts;
import org.offerstorm.sinks.solr.SolrSinkFactory;

/** The handler /offers of conf/solr/offers, as Solr's own screen or any client uses it. */
class OffersHandlerTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @TempDir
    static Path directory;

    private static EmbeddedSolr solr;

    @BeforeAll
    static void fill() throws Exception {
        solr = EmbeddedSolr.start(directory, 0, Configset::copyTo);
        SolrConfig config =
                new SolrConfig(solr.url(), EmbeddedSolr.CORE, Duration.ofSeconds(30), Duration.ofSeconds(1));
        Sink sink = new SolrSinkFactory(config).create(new SinkContext(0, 1, 1, "test", InstantSource.system()));
        assertThat(sink.write(SampleOffers.chunk())).isInstanceOf(Done.class);
        sink.close();
        new SolrCounts(config).commit();
    }

    @AfterAll
    static void stop() {
        solr.close();
    }

    static List<Expectation> expectations() throws Exception {
        return SampleOffers.expectations();
    }

    @ParameterizedTest
    @MethodSource("expectations")
    void query_alone_finds_what_it_must(Expectation expected) throws Exception {
        List<String> ids = ids("q=" + encode(expected.query()) + "&rows=100");
        assertThat(ids).isNotEmpty().noneMatch(expected.absent()::contains);
        if (!expected.first().isEmpty()) {
            assertThat(ids.get(0)).isEqualTo(expected.first());
        }
        if (!expected.second().isEmpty()) {
            assertThat(ids.get(1)).isEqualTo(expected.second());
        }
    }

    @Test
    void bare_request_has_facets_and_highlighting() throws Exception {
        JsonNode answer = get("q=" + encode("devops paris"));
        assertThat(answer.at("/facet_counts/facet_fields/continent").get(0).asText())
                .isEqualTo("EU");
        assertThat(answer.at("/highlighting/devops-paris/name").get(0).asText())
                .contains("<em>DevOps</em>", "<em>Paris</em>");
    }

    @Test
    void what_is_misspelt_gets_a_proposal() throws Exception {
        JsonNode answer = get("q=" + encode("devoloppeur java"));
        assertThat(answer.at("/response/numFound").asInt()).isZero();
        assertThat(answer.at("/spellcheck").toString()).contains("developpeur java");
    }

    @Test
    void invariants_hold() throws Exception {
        assertThat(ids("q=*:*&fq=deleted:true")).isEmpty();
        assertThat(ids("q=*:*&start=60&rows=5")).isEqualTo(ids("q=*:*&rows=5"));
        // Neither another parser nor a nested query.
        assertThat(ids("q=" + encode("_query_:\"{!lucene}deleted:true\""))).isEmpty();
        assertThat(ids("q=" + encode("{!lucene}*:*"))).isEmpty();
        assertThat(ids("defType=lucene&q=" + encode("version:[0 TO *]"))).isEmpty();
    }

    @Test
    void radius_and_distance_work() throws Exception {
        List<String> near = ids("q=*:*&rows=100&fq=" + encode("{!geofilt sfield=place pt=48.8566,2.3522 d=30}")
                + "&sort=" + encode("geodist() desc") + "&sfield=place&pt=48.8566,2.3522");
        assertThat(near).contains("devops-paris", "patissier").doesNotContain("devops-lyon");
        assertThat(near.subList(0, 4))
                .containsExactlyInAnyOrder("patissier", "infirmiere", "prof", "rh-paie"); // Versailles
    }

    private static List<String> ids(String query) throws Exception {
        List<String> ids = new ArrayList<>();
        get(query)
                .at("/response/docs")
                .forEach(document -> ids.add(document.get("id").asText()));
        return ids;
    }

    private static JsonNode get(String query) throws Exception {
        URI uri = URI.create(solr.url() + "/" + EmbeddedSolr.CORE + "/offers?wt=json&" + query);
        HttpResponse<String> response =
                CLIENT.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return JSON.readTree(response.body());
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
