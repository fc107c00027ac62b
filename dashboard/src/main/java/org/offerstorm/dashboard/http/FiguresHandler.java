package org.offerstorm.dashboard.http;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.nio.charset.StandardCharsets;
import org.offerstorm.tools.figures.FiguresPages;

/** A page about the process itself, such as its metrics. Made on the thread that reads the request. */
public final class FiguresHandler implements HttpHandler {
    private final FiguresPages.Page page;

    public FiguresHandler(FiguresPages.Page page) {
        this.page = page;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) {
        String accept = exchange.getRequestHeaders().getFirst(Headers.ACCEPT);
        FiguresPages.Content content = page.get(accept == null ? "" : accept);
        exchange.setStatusCode(content.status());
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, content.type());
        exchange.getResponseHeaders().put(Headers.CACHE_CONTROL, "no-store");
        exchange.getResponseSender().send(content.body(), StandardCharsets.UTF_8);
    }
}
