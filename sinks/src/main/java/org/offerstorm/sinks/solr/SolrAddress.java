package org.offerstorm.sinks.solr;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.offerstorm.core.secret.Secrets;

/**
 * {@code solr.url}, its user and password apart.
 *
 * @param url for messages, and once resolved for requests; without credentials
 * @param authorization value of the header, or null
 * @param isResolved whether requests may be made with it
 */
record SolrAddress(String url, String authorization, boolean isResolved) {
    /**
     * What can be said without the secrets.
     *
     * @throws IllegalArgumentException if it is not an http address; the message does not quote it
     */
    static SolrAddress unresolved(String text) {
        return Secrets.isReference(text)
                ? new SolrAddress(text, null, false)
                : new SolrAddress(parse(Secrets.replaceReferences(text, "x")).url, null, false);
    }

    /** @throws Secrets.Unresolved if it refers to a secret that is missing */
    static SolrAddress resolved(String text) {
        return parse(Secrets.resolveUri(text));
    }

    private static SolrAddress parse(String text) {
        URI uri;
        try {
            uri = URI.create(text);
        } catch (IllegalArgumentException e) {
            throw malformed(); // without the cause: it quotes the password
        }
        if (uri.getScheme() == null || !uri.getScheme().startsWith("http") || uri.getHost() == null) {
            throw malformed();
        }
        String user = uri.getUserInfo();
        String path = uri.getRawPath() == null ? "" : uri.getRawPath();
        return new SolrAddress(
                uri.getScheme() + "://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort())
                        + path.replaceAll("/+$", ""),
                user == null
                        ? null
                        : "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8)),
                true);
    }

    private static IllegalArgumentException malformed() {
        return new IllegalArgumentException("solr.url must read http://[user:password@]host:8983/solr");
    }

    /** Holds the password: never all of it. */
    @Override
    public String toString() {
        return url;
    }
}
