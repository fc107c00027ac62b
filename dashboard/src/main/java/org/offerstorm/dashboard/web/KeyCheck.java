package org.offerstorm.dashboard.web;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.StatusCodes;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.offerstorm.core.secret.ApiKeys;
import org.offerstorm.tools.figures.FiguresPages;

/**
 * Lets requests with a reader's key pass. Whether the dashboard lives and is ready needs no key, because monitors and
 * balancers ask it. Every other path does, also one that leads nowhere.
 */
final class KeyCheck implements HttpHandler {
    /** Path of the document about the dashboard's own state. */
    static final String HEALTH = "/api/health";

    private static final String CHALLENGE = "Basic realm=\"Offerstorm\", charset=\"UTF-8\"";
    private static final String WHAT_TO_DO =
            "The dashboard needs a key, one of dashboard.keys in its configuration. Type it"
                    + " as the password, with any user name; a program sends it as 'Authorization: Bearer KEY'.\n";

    private final ApiKeys keys;
    private final Set<String> open;
    private final HttpHandler next;

    /** @param prefix of a proxy that keeps it, from {@code /} to {@code /} */
    KeyCheck(ApiKeys keys, String prefix, HttpHandler next) {
        this.keys = keys;
        this.open = Stream.of(FiguresPages.LIVE, FiguresPages.READY, HEALTH)
                .flatMap(path -> Stream.of(path, prefix + path.substring(1)))
                .collect(Collectors.toUnmodifiableSet());
        this.next = next;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        String sent = exchange.getRequestHeaders().getFirst(Headers.AUTHORIZATION);
        if (open.contains(exchange.getRelativePath())
                || keys.ofBearerOrBasic(sent).isPresent()) {
            next.handleRequest(exchange);
            return;
        }
        exchange.setStatusCode(StatusCodes.UNAUTHORIZED);
        exchange.getResponseHeaders().put(Headers.WWW_AUTHENTICATE, CHALLENGE);
        exchange.getResponseHeaders().put(Headers.CACHE_CONTROL, "no-store");
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "text/plain; charset=utf-8");
        exchange.getResponseSender().send(WHAT_TO_DO, StandardCharsets.UTF_8);
    }
}
