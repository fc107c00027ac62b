package org.offerstorm.dashboard.http;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import java.util.concurrent.TimeUnit;
import org.xnio.IoUtils;
import org.xnio.XnioExecutor;

/**
 * Ends requests whose body does not come: Undertow waits for what a header announces, and its time-out for requests ends with
 * the header.
 */
public final class Bodies implements HttpHandler {
    private final HttpHandler next;
    private final int millis;
    private final boolean expected;

    /**
     * Around another handler.
     *
     * @param millis from the header's end to the body's
     * @param expected whether requests have bodies; if not, a connection ends after one that has
     */
    public Bodies(HttpHandler next, int millis, boolean expected) {
        this.next = next;
        this.millis = millis;
        this.expected = expected;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        if (!exchange.isRequestComplete()) {
            if (!expected) {
                exchange.setPersistent(false);
            }
            XnioExecutor.Key timer = exchange.getIoThread()
                    .executeAfter(
                            () -> {
                                if (!exchange.isRequestComplete()) {
                                    IoUtils.safeClose(exchange.getConnection());
                                }
                            },
                            millis,
                            TimeUnit.MILLISECONDS);
            exchange.addExchangeCompleteListener((completed, after) -> {
                timer.remove();
                after.proceed();
            });
        }
        next.handleRequest(exchange);
    }
}
