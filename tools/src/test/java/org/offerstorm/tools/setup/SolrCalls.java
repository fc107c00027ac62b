package org.offerstorm.tools.setup;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** What an operator asks a Solr with curl. */
final class SolrCalls {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private SolrCalls() {}

    /** A core from the configset of its name. */
    static void create(String url, String core) throws Exception {
        get(url + "/admin/cores?action=CREATE&name=" + core + "&configSet=" + core);
    }

    static void reload(String url, String core) throws Exception {
        get(url + "/admin/cores?action=RELOAD&core=" + core);
    }

    /** An offer of which only the title matters. */
    static void add(String url, String core, String id, String name) throws Exception {
        String document = "[{\"id\":\"" + id + "\",\"version\":1,\"name\":\"" + name + "\"}]";
        send(HttpRequest.newBuilder(URI.create(url + "/" + core + "/update?commit=true"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(document))
                .build());
    }

    static void commit(String url, String core) throws Exception {
        get(url + "/" + core + "/update?commit=true");
    }

    /** All documents, hidden ones too. */
    static long documents(String url, String core) throws Exception {
        return get(url + "/" + core + "/verify?rows=0&sort=_docid_+asc")
                .at("/response/numFound")
                .asLong();
    }

    static JsonNode get(String url) throws Exception {
        return send(HttpRequest.newBuilder(URI.create(url)).build());
    }

    private static JsonNode send(HttpRequest request) throws Exception {
        HttpResponse<String> response = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode())
                .as(request.uri() + ": " + response.body())
                .isEqualTo(200);
        return new ObjectMapper().readTree(response.body());
    }
}
