package org.offerstorm.sinks.solr;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.solr.client.solrj.request.JavaBinUpdateRequestCodec;
import org.apache.solr.client.solrj.request.UpdateRequest;
import org.apache.solr.common.SolrInputDocument;
import org.apache.solr.common.util.JavaBinCodec;
import org.apache.solr.common.util.NamedList;
import org.offerstorm.core.http.RenewedClient;

/**
 * One core over HTTP: SolrJ's javabin out and in, over the JDK's client. Called by one thread; does not connect before
 * the first call.
 *
 * <p>SolrJ's own clients are not used: their deadlines end with the response's header, {@code HttpJdkSolrClient} writes
 * the body through a pipe from a second thread and sends what an error cut off as if it were whole, and the others bring
 * Jetty or Apache HttpClient into the worker.
 */
final class SolrCore {
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final String JAVABIN = "application/javabin";
    private static final String FORM = "application/x-www-form-urlencoded";
    /** Longer parameters go in a body: Jetty takes addresses of 8 KiB. */
    private static final int LONGEST_QUERY = 4_000;

    private static final int MAX_MESSAGE = 300;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;

    private final SolrConfig config;
    private final String core;
    private final RenewedClient client;
    private SolrAddress address;
    private int bodySize = 1 << 16;
    /** Whether it is a core, and no collection of a cloud; known after the first question. */
    private boolean alone;

    /** @throws IllegalArgumentException if the address is not an http address */
    SolrCore(SolrConfig config) {
        this.config = config;
        this.address = SolrAddress.unresolved(config.url());
        this.core = config.core();
        Duration connect = config.timeout().compareTo(CONNECT) < 0 ? config.timeout() : CONNECT;
        this.client = new RenewedClient(config.tls(), () -> HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(connect));
    }

    /** Address of the core, for messages; without credentials. */
    String address() {
        return address.url() + "/" + core;
    }

    String name() {
        return core;
    }

    /**
     * Sends the documents in one request; when it returns, they survive a kill of Solr.
     *
     * @return the number that took effect; the others were not newer than what the core has
     */
    int add(List<SolrInputDocument> documents, int commitWithinMillis, Deadline deadline) throws IOException {
        UpdateRequest update = new UpdateRequest();
        update.add(documents);
        update.setCommitWithin(commitWithinMillis); // goes in the body; in the address Solr overlooks it
        ByteArrayOutputStream body = new ByteArrayOutputStream(bodySize);
        new JavaBinUpdateRequestCodec().marshal(update, body);
        bodySize = Math.max(bodySize, body.size());
        HttpRequest.Builder request = request("/" + core + "/update", Map.of("versions", "true"))
                .header("Content-Type", JAVABIN)
                .POST(BodyPublishers.ofByteArray(body.toByteArray()));
        NamedList<?> answer = call(request, deadline);
        flushLogs(deadline);
        // Lists the documents that passed the version constraint; absent if none did.
        return answer.get("adds") instanceof NamedList<?> adds ? adds.size() : 0;
    }

    /**
     * Makes Solr write out the update log that a hard commit has just put aside, too. The fsync that ends a request is of
     * the current log alone: when a hard commit starts within a request, the request's first documents are in the
     * previous log, partly in that log's buffer, until the commit is finished. Seen: a kill -9 then lost some 80 acknowledged
     * documents. Reading the latest versions empties the buffers of all logs. In a cloud, those of the leaders: who leads is
     * asked after the update, for the leader before may be another.
     */
    private void flushLogs(Deadline deadline) throws IOException {
        List<ShardLeader> leaders = leaders(deadline);
        if (leaders.isEmpty()) {
            get("/get", Map.of("getVersions", "1"), deadline);
        }
        for (ShardLeader leader : leaders) {
            getFrom(leader, "/get", Map.of("getVersions", "1"), deadline);
        }
    }

    /**
     * Who leads the shards of the collection; none if it is a core without a cloud.
     *
     * @throws SolrOutage if that cannot be said, or a shard has no leader
     */
    List<ShardLeader> leaders(Deadline deadline) throws IOException {
        if (alone) {
            return List.of();
        }
        try {
            return ShardLeader.of(
                    getFromNode("/admin/collections", Map.of("action", "CLUSTERSTATUS", "collection", core), deadline));
        } catch (SolrRefusal e) {
            alone = e.getMessage().contains("not running in SolrCloud mode"); // or there is no such collection yet
        } catch (SolrOutage e) {
            if (e.status() != FORBIDDEN && e.status() != NOT_FOUND) {
                throw e;
            }
            alone = e.status() == FORBIDDEN; // as far as this user may know
        }
        return List.of();
    }

    /** The document with this id, with one field; null if there is none. */
    Object document(String id, String field, Deadline deadline) throws IOException {
        Map<String, String> params = Map.of("id", id, "fl", field);
        List<ShardLeader> leaders = leaders(deadline);
        if (leaders.isEmpty()) {
            return get("/get", params, deadline).get("doc");
        }
        for (ShardLeader leader : leaders) {
            Object document = getFrom(leader, "/get", params, deadline).get("doc");
            if (document != null) {
                return document;
            }
        }
        return null;
    }

    /** Calls a handler of a leader's own core. */
    private NamedList<?> getFrom(ShardLeader leader, String handler, Map<String, String> params, Deadline deadline)
            throws IOException {
        Map<String, String> own = new HashMap<>(params);
        own.put("distrib", "false");
        return call(question(leader.url(), handler, own), deadline);
    }

    /** Calls a handler of the node that a leader is on. */
    NamedList<?> getFromNodeOf(ShardLeader leader, String handler, Map<String, String> params, Deadline deadline)
            throws IOException {
        return call(request(leader.node(), handler, params).GET(), deadline);
    }

    /** Calls a handler of the core, {@code /select}, with parameters. */
    NamedList<?> get(String handler, Map<String, String> params, Deadline deadline) throws IOException {
        resolve();
        return call(question(address.url(), "/" + core + handler, params), deadline);
    }

    /** Calls a handler of the node, {@code /admin/metrics}. */
    NamedList<?> getFromNode(String handler, Map<String, String> params, Deadline deadline) throws IOException {
        return call(request(handler, params).GET(), deadline);
    }

    /** Sends a body to a handler of the node, {@code /admin/configs}. */
    NamedList<?> postToNode(String handler, Map<String, String> params, byte[] body, Deadline deadline)
            throws IOException {
        return call(
                request(handler, params)
                        .header("Content-Type", "application/octet-stream")
                        .POST(BodyPublishers.ofByteArray(body)),
                deadline);
    }

    /** Secrets are resolved for the first request, and again after Solr did not accept them. */
    private HttpRequest.Builder request(String path, Map<String, String> params) throws SolrOutage {
        resolve();
        return request(address.url(), path, params);
    }

    /** With its parameters in the address, so that proxies and logs show them, or in a body if they are long. */
    private HttpRequest.Builder question(String base, String path, Map<String, String> params) throws SolrOutage {
        String query = query(params);
        return query.length() <= LONGEST_QUERY
                ? request(base, path, params).GET()
                : request(base, path, Map.of())
                        .header("Content-Type", FORM)
                        .POST(BodyPublishers.ofString(query.substring(1), StandardCharsets.US_ASCII));
    }

    /** Each with an ampersand before it. */
    private static String query(Map<String, String> params) {
        StringBuilder query = new StringBuilder();
        params.forEach((name, value) ->
                query.append('&').append(name).append('=').append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return query.toString();
    }

    private void resolve() throws SolrOutage {
        if (!address.isResolved()) {
            try {
                address = SolrAddress.resolved(config.url());
            } catch (IllegalArgumentException e) {
                throw new SolrOutage("cannot call " + address() + ": " + e.getMessage(), e);
            }
        }
    }

    private HttpRequest.Builder request(String base, String path, Map<String, String> params) throws SolrOutage {
        resolve();
        if (address.authorization() != null && address.url().startsWith("https:") && !base.startsWith("https:")) {
            throw new SolrOutage("the leader of a shard is at " + base + ", which would get the password without TLS;"
                    + " set urlScheme to https in the cluster's properties");
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path + "?wt=javabin" + query(params)));
        return address.authorization() == null ? request : request.header("Authorization", address.authorization());
    }

    private NamedList<?> call(HttpRequest.Builder request, Deadline deadline) throws IOException {
        Duration left = deadline.left();
        if (left.isZero()) {
            throw new SolrOutage("no time left for a request to " + address() + "; it is slow");
        }
        CompletableFuture<HttpResponse<byte[]>> response =
                client().sendAsync(request.timeout(left).build(), BodyHandlers.ofByteArray());
        try {
            return read(response.get(left.toNanos(), TimeUnit.NANOSECONDS));
        } catch (ExecutionException e) {
            throw SolrOutage.noAnswer(address(), e.getCause());
        } catch (TimeoutException e) {
            throw new SolrOutage("no answer from " + address() + " within " + left.toMillis() + " ms", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SolrOutage("interrupted while waiting for " + address(), e);
        } finally {
            response.cancel(true); // nothing, if it is complete; else it closes the connection
        }
    }

    private HttpClient client() throws SolrOutage {
        try {
            return client.get();
        } catch (IllegalArgumentException e) {
            throw new SolrOutage("cannot call " + address() + ": " + e.getMessage(), e);
        }
    }

    private NamedList<?> read(HttpResponse<byte[]> response) throws IOException {
        int status = response.statusCode();
        NamedList<?> answer = parse(response.body());
        if (status == 200 && answer != null && headerStatus(answer) == 0) {
            return answer;
        }
        String text = address() + " answered " + status + errorOf(answer);
        if (status == 401 || status == 403) {
            address = SolrAddress.unresolved(config.url());
        }
        throw switch (status) {
            case 400, 413 -> new SolrRefusal(text);
            case 401, 403 ->
                new SolrOutage(text + "; give the user in solr.url the right to update, read and metrics", status);
            case 404 ->
                new SolrOutage(
                        text + "; make the core from conf/solr/offers, or correct solr.url and solr.core", status);
            case 200 -> new SolrOutage(text + " with something that is not Solr's; is solr.url right?");
            default -> new SolrOutage(text, status);
        };
    }

    /** The answer, or null if it is not javabin: a proxy's page, say. */
    private static NamedList<?> parse(byte[] body) {
        try (JavaBinCodec codec = new JavaBinCodec()) {
            return codec.unmarshal(body) instanceof NamedList<?> answer ? answer : null;
        } catch (IOException | RuntimeException e) {
            return null;
        }
    }

    private static int headerStatus(NamedList<?> answer) {
        return answer.get("responseHeader") instanceof NamedList<?> header
                        && header.get("status") instanceof Number status
                ? status.intValue()
                : 0;
    }

    private static String errorOf(NamedList<?> answer) {
        if (answer == null || !(answer.get("error") instanceof NamedList<?> error) || error.get("msg") == null) {
            return "";
        }
        String text = error.get("msg").toString().replaceAll("\\p{Cntrl}+", " ");
        return ": " + (text.length() > MAX_MESSAGE ? text.substring(0, MAX_MESSAGE) + "…" : text);
    }
}
