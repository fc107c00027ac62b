package org.offerstorm.dashboard.web;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import io.undertow.util.StatusCodes;
import java.nio.charset.StandardCharsets;
import org.offerstorm.core.text.Quote;
import org.offerstorm.dashboard.http.HostNames;

/**
 * What holds for every answer: nothing can be written, nothing is loaded from elsewhere, no page contains a script. Only
 * requests for known names are answered, or any web site could read the server through a name that points here (DNS
 * rebinding).
 */
final class Guard implements HttpHandler {
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
            + " connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    private static final HttpString REFERRER_POLICY = new HttpString("Referrer-Policy");
    private static final HttpString CROSS_ORIGIN = new HttpString("Cross-Origin-Resource-Policy");

    private static final int MISDIRECTED_REQUEST = 421;

    private final HttpHandler next;
    private final HostNames hosts;

    Guard(HttpHandler next, HostNames hosts) {
        this.next = next;
        this.hosts = hosts;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        exchange.getResponseHeaders().put(Headers.CONTENT_SECURITY_POLICY, POLICY);
        exchange.getResponseHeaders().put(Headers.X_CONTENT_TYPE_OPTIONS, "nosniff");
        exchange.getResponseHeaders().put(REFERRER_POLICY, "same-origin");
        exchange.getResponseHeaders().put(CROSS_ORIGIN, "same-origin");
        if (!exchange.getRequestMethod().equals(Methods.GET)
                && !exchange.getRequestMethod().equals(Methods.HEAD)) {
            exchange.getResponseHeaders().put(Headers.ALLOW, "GET, HEAD");
            exchange.setStatusCode(StatusCodes.METHOD_NOT_ALLOWED).endExchange();
        } else if (!hosts.allow(exchange.getHostName())) {
            exchange.setStatusCode(MISDIRECTED_REQUEST);
            exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "text/plain; charset=utf-8");
            exchange.getResponseSender()
                    .send(
                            "The dashboard does not answer to the host name " + Quote.of(exchange.getHostName())
                                    + ". If people reach it by this name, through a proxy for example, add the name to"
                                    + " dashboard.hosts in its configuration (or start it with -c dashboard.hosts=NAME); the"
                                    + " --bind of the dashboard need not change.\n",
                            StandardCharsets.UTF_8);
        } else {
            next.handleRequest(exchange);
        }
    }
}
