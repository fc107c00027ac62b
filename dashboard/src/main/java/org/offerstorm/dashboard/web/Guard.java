package org.offerstorm.dashboard.web;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import io.undertow.util.StatusCodes;
import java.util.Locale;

/**
 * What holds for every answer: nothing can be written, nothing is loaded from elsewhere, no page contains a script. A
 * server on the loopback interface answers to names of this machine only, or any web site could read it through a name
 * that points here (DNS rebinding).
 */
final class Guard implements HttpHandler {
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
            + " connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    private static final HttpString REFERRER_POLICY = new HttpString("Referrer-Policy");
    private static final HttpString CROSS_ORIGIN = new HttpString("Cross-Origin-Resource-Policy");

    private static final int MISDIRECTED_REQUEST = 421;

    private final HttpHandler next;
    private final boolean loopback;

    Guard(HttpHandler next, boolean loopback) {
        this.next = next;
        this.loopback = loopback;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        exchange.getResponseHeaders().put(Headers.CONTENT_SECURITY_POLICY, POLICY);
        exchange.getResponseHeaders().put(Headers.X_CONTENT_TYPE_OPTIONS, "nosniff");
        exchange.getResponseHeaders().put(REFERRER_POLICY, "no-referrer");
        exchange.getResponseHeaders().put(CROSS_ORIGIN, "same-origin");
        if (!exchange.getRequestMethod().equals(Methods.GET)
                && !exchange.getRequestMethod().equals(Methods.HEAD)) {
            exchange.getResponseHeaders().put(Headers.ALLOW, "GET, HEAD");
            exchange.setStatusCode(StatusCodes.METHOD_NOT_ALLOWED).endExchange();
        } else if (loopback && !isOfThisMachine(exchange.getHostName())) {
            exchange.setStatusCode(MISDIRECTED_REQUEST);
            exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "text/plain; charset=utf-8");
            exchange.getResponseSender()
                    .send(
                            "This server answers to localhost only; to be reached by another name start it with --bind.\n");
        } else {
            next.handleRequest(exchange);
        }
    }

    private static boolean isOfThisMachine(String host) {
        String name = host == null ? "" : host.toLowerCase(Locale.ROOT);
        return name.equals("localhost")
                || name.matches("127(\\.[0-9]{1,3}){3}")
                || name.equals("[::1]")
                || name.equals("::1");
    }
}
