package org.offerstorm.core.http;

import java.net.http.HttpClient;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.offerstorm.core.tls.Tls;
import org.offerstorm.core.tls.TlsContext;

/**
 * An HTTP client whose TLS is of a configuration: another one takes its place when a file of that has changed. Redirects are
 * not followed: what is sent goes to the named address alone. Safe for use by several threads.
 */
public final class RenewedClient implements Supplier<HttpClient> {
    private final Supplier<HttpClient.Builder> settings;
    private final boolean configured;
    private final TlsContext tls;
    private HttpClient client;
    private SSLContext used;

    /**
     * Reads and connects nothing yet.
     *
     * @param settings makes a builder for each client, with all but TLS and redirects
     */
    public RenewedClient(Tls tls, Supplier<HttpClient.Builder> settings) {
        this.settings = settings;
        this.configured = tls.isSet();
        this.tls = new TlsContext(tls);
    }

    /**
     * The client for the next request. Requests of the one before end as they would.
     *
     * @throws Tls.Unusable if a file cannot be used; nothing is sent
     */
    @Override
    public synchronized HttpClient get() {
        SSLContext now = configured ? tls.get() : null;
        if (client == null || now != used) {
            HttpClient.Builder builder = settings.get().followRedirects(HttpClient.Redirect.NEVER);
            client = (now == null ? builder : builder.sslContext(now)).build();
            used = now;
        }
        return client;
    }
}
