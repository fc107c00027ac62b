package org.offerstorm.sinks.solr;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.solr.client.solrj.response.QueryResponse;
import org.apache.solr.common.util.JavaBinCodec;
import org.apache.solr.common.util.NamedList;
import org.offerstorm.core.http.RenewedClient;

/**
 * Reads the core of the offers. Parameters go in the body, so no query is too long and none is in Solr's
 * request log. SolrJ's types stay within this package. Safe for use by several threads; does not connect before the first
 * query.
 */
public final class SolrQueries {
    private static final Duration CONNECT = Duration.ofSeconds(2);

    private final SolrConfig config;
    private final RenewedClient client;
    private volatile SolrAddress address;

    /** @throws IllegalArgumentException if {@code solr.url} is not an http address */
    public SolrQueries(SolrConfig config) {
        this.config = config;
        this.address = SolrAddress.unresolved(config.url());
        this.client = new RenewedClient(config.tls(), () -> HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT));
    }

    /** Address of the core, for messages; without credentials. */
    public String address() {
        return address.url() + "/" + config.core();
    }

    /**
     * Asks a handler of the core.
     *
     * @param handler {@code /offers}; never a user's text
     * @throws Refused if Solr does not understand the query
     * @throws IOException if Solr does not answer in time, with what to do
     */
    public QueryAnswer ask(String handler, QueryParameters query, Duration timeout) throws IOException {
        SolrAddress to = resolved();
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(to.url() + "/" + config.core() + handler))
                .timeout(timeout)
                .header("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8")
                .POST(BodyPublishers.ofString(query.form() + "&wt=javabin"));
        if (to.authorization() != null) {
            request.header("Authorization", to.authorization());
        }
        return new QueryAnswer(new QueryResponse(read(call(request.build(), timeout)), null));
    }

    private SolrAddress resolved() throws IOException {
        SolrAddress known = address;
        if (known.isResolved()) {
            return known;
        }
        try {
            address = SolrAddress.resolved(config.url());
            return address;
        } catch (IllegalArgumentException e) {
            throw new SolrOutage("cannot ask " + address() + ": " + e.getMessage(), e);
        }
    }

    private HttpResponse<byte[]> call(HttpRequest request, Duration timeout) throws SolrOutage {
        CompletableFuture<HttpResponse<byte[]>> response;
        try {
            response = client.get().sendAsync(request, BodyHandlers.ofByteArray());
        } catch (IllegalArgumentException e) {
            throw new SolrOutage("cannot ask " + address() + ": " + e.getMessage(), e);
        }
        try {
            return response.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw SolrOutage.noAnswer(address(), e.getCause());
        } catch (TimeoutException e) {
            throw new SolrOutage("no answer from " + address() + " within " + timeout.toMillis() + " ms", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SolrOutage("interrupted while waiting for " + address(), e);
        } finally {
            response.cancel(true);
        }
    }

    @SuppressWarnings("unchecked") // javabin's named lists are of objects
    private NamedList<Object> read(HttpResponse<byte[]> response) throws IOException {
        int status = response.statusCode();
        if (status == 400) {
            throw new Refused(
                    address() + " does not understand the query",
                    new String(response.body(), StandardCharsets.UTF_8).contains("undefined field"));
        }
        if (status == 401 || status == 403) {
            address = SolrAddress.unresolved(config.url());
        }
        if (status != 200) {
            throw new SolrOutage(address() + " answered " + status
                    + (status == 404
                            ? "; make the core from conf/solr/offers, or correct solr.url and solr.core"
                            : ""));
        }
        try (JavaBinCodec codec = new JavaBinCodec()) {
            return (NamedList<Object>) codec.unmarshal(response.body());
        } catch (IOException | RuntimeException e) {
            throw new SolrOutage(address() + " answered with something that is not Solr's; is solr.url right?", e);
        }
    }

    /** Solr does not understand a query. */
    public static final class Refused extends IOException {
        private final boolean undefinedField;

        Refused(String message, boolean undefinedField) {
            super(message);
            this.undefinedField = undefinedField;
        }

        /** Whether the core's schema lacks a field of the query. */
        public boolean undefinedField() {
            return undefinedField;
        }
    }
}
