package org.offerstorm.ingest.web;

import io.undertow.server.HttpHandler;
import io.undertow.util.Headers;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.offerstorm.dashboard.http.FiguresHandler;
import org.offerstorm.ingest.kafka.KafkaLink;
import org.offerstorm.tools.figures.Families;
import org.offerstorm.tools.figures.FiguresPages;

/** What is answered to anybody who can reach the server: the description of the API, and how the process is. */
final class IngestPages {
    private final HttpHandler openapi;
    private final Map<String, FiguresPages.Page> figures;

    IngestPages(KafkaLink link, Supplier<Families> metrics) {
        byte[] document = document();
        openapi = exchange -> {
            exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, IngestJson.JSON);
            exchange.getResponseSender().send(ByteBuffer.wrap(document));
        };
        figures = FiguresPages.of(
                metrics,
                () -> link.state().up() ? List.of() : List.of(link.state().problem()));
    }

    HttpHandler of(IngestRoute route) {
        return route == IngestRoute.GET_OPENAPI ? openapi : new FiguresHandler(figures.get(route.path()));
    }

    private static byte[] document() {
        try (InputStream in = IngestPages.class.getResourceAsStream("openapi.json")) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("a resource of the jar", e);
        }
    }
}
