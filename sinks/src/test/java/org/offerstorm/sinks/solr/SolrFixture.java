package org.offerstorm.sinks.solr;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.solr.common.SolrDocumentList;
import org.apache.solr.common.util.JavaBinCodec;
import org.apache.solr.common.util.NamedList;
import org.offerstorm.core.sink.Sink;
import org.offerstorm.core.sink.SinkContext;
import org.offerstorm.local.servers.EmbeddedSolr;

/** What the tests against a real Solr ask it, past the sink. */
final class SolrFixture {
    static final Duration COMMIT_WITHIN = Duration.ofSeconds(1);

    /** Longer than a topology may have it: a cold Solr on a busy machine takes its time. */
    static final Duration TIMEOUT = Duration.ofSeconds(30);

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private SolrFixture() {}

    static SolrConfig config(EmbeddedSolr solr) {
        return config(solr.url());
    }

    static SolrConfig config(String url) {
        return new SolrConfig(url, EmbeddedSolr.CORE, TIMEOUT, COMMIT_WITHIN);
    }

    static Sink sink(String url) {
        return sink(url, 0, 1);
    }

    static Sink sink(String url, int task, int tasks) {
        return new SolrSinkFactory(config(url)).create(new SinkContext(task, tasks, 1, "test", InstantSource.system()));
    }

    static Map<String, Long> counts(String url) throws IOException {
        SolrCounts counts = new SolrCounts(config(url));
        counts.commit();
        Map<String, Long> table = new TreeMap<>();
        counts.read().forEach((cell, n) -> table.put(cell.key(), n));
        return table;
    }

    /** Ids that a user finds, as of the last searcher. */
    static Set<String> liveIds(String url) throws Exception {
        Set<String> ids = new TreeSet<>();
        documents(url, "/select?q=*:*&rows=100000&fl=id")
                .forEach(document -> ids.add((String) document.getFieldValue("id")));
        return ids;
    }

    static SolrDocumentList documents(String url, String handlerAndQuery) throws Exception {
        return (SolrDocumentList)
                get(url, "/" + EmbeddedSolr.CORE + handlerAndQuery).get("response");
    }

    /** A figure of Solr's own about the core. */
    static long metric(String url, String name) throws Exception {
        String key = "solr.core." + EmbeddedSolr.CORE + ":" + name;
        NamedList<?> answer =
                get(url, "/admin/metrics?compact=true&key=" + URLEncoder.encode(key, StandardCharsets.UTF_8));
        return ((Number) ((NamedList<?>) answer.get("metrics")).get(key)).longValue();
    }

    static NamedList<?> get(String url, String path) throws Exception {
        URI uri = URI.create(url + path + (path.contains("?") ? "&" : "?") + "wt=javabin");
        HttpResponse<byte[]> response =
                CLIENT.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofByteArray());
        try (JavaBinCodec codec = new JavaBinCodec()) {
            return (NamedList<?>) codec.unmarshal(response.body());
        }
    }
}
