package org.offerstorm.dashboard.web;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import java.util.concurrent.TimeUnit;
import org.xnio.IoUtils;

/**
 * Ends requests whose body does not come. No request here needs a body, but Undertow waits for what a header announces,
 * and its time-out for requests ends with the header.
 */
final class Bodies implements HttpHandler {
    private final HttpHandler next;
    private final int millis;

    /** @param millis from the header's end to the body's */
    Bodies(HttpHandler next, int millis) {
        this.next = next;
        this.millis = millis;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        if (!exchange.isRequestComplete()) {
            exchange.setPersistent(false);
            exchange.getIoThread()
                    .executeAfter(
                            () -> {
                                if (!exchange.isRequestComplete()) {
                                    IoUtils.safeClose(exchange.getConnection());
                                }
                            },
                            millis,
                            TimeUnit.MILLISECONDS);
        }
        next.handleRequest(exchange);
    }
}
