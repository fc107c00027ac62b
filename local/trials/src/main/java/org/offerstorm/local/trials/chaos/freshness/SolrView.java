package org.offerstorm.local.trials.chaos.freshness;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.offerstorm.core.secret.Secrets;
import org.offerstorm.core.tls.TlsContext;
import org.offerstorm.sinks.solr.SolrConfig;

/** Solr's real-time get finds a document as soon as the update log has it, before any commit. */
final class SolrView implements SinkView {
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final HttpClient http;
    private final ObjectMapper json = new ObjectMapper();
    private final String url;
    /** Of the header; empty if there is none. */
    private final String login;

    SolrView(SolrConfig config) {
        URI address = URI.create(Secrets.resolveUri(config.url()));
        String user = address.getUserInfo();
        this.url = address.getScheme() + "://" + address.getHost() + ":" + address.getPort() + address.getPath() + "/"
                + config.core() + "/get?wt=json&fl=id&ids=";
        this.login = user == null
                ? ""
                : "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8));
        this.http = HttpClient.newBuilder()
                .connectTimeout(TIMEOUT)
                .version(HttpClient.Version.HTTP_1_1)
                .proxy(HttpClient.Builder.NO_PROXY)
                .sslContext(new TlsContext(config.tls()).get())
                .build();
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
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(URI.create(url + ids)).timeout(TIMEOUT);
        if (!login.isEmpty()) {
            builder.header("Authorization", login);
        }
        HttpRequest request = builder.build();
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
