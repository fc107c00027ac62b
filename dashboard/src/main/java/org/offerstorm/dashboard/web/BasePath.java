package org.offerstorm.dashboard.web;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.StatusCodes;

/**
 * Removes the prefix of a proxy that keeps it. Addresses without the prefix are answered as well: those of a proxy that
 * removes it, and of a monitor on this machine. The pages themselves have relative addresses only.
 */
final class BasePath implements HttpHandler {
    private final String prefix;
    private final HttpHandler next;

    /** @param prefix from {@code /} to {@code /} */
    BasePath(String prefix, HttpHandler next) {
        this.prefix = prefix;
        this.next = next;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        String path = exchange.getRelativePath();
        if (prefix.length() > 1 && prefix.equals(path + "/")) { // relative addresses need the slash
            String query = exchange.getQueryString();
            exchange.setStatusCode(StatusCodes.FOUND);
            exchange.getResponseHeaders().put(Headers.LOCATION, query.isEmpty() ? prefix : prefix + "?" + query);
            exchange.endExchange();
            return;
        }
        if (path.startsWith(prefix)) {
            exchange.setRelativePath(path.substring(prefix.length() - 1));
        }
        next.handleRequest(exchange);
    }
}
