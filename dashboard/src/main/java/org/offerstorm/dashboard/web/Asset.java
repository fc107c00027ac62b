package org.offerstorm.dashboard.web;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** A file of the page, from memory. Browsers ask each time whether it has changed. */
final class Asset implements HttpHandler {
    private static final String FOLDER = "/org/offerstorm/dashboard/web/";

    private final Body body;

    Asset(String type, byte[] content) {
        this.body = Body.kept(type, content);
    }

    /** @throws IllegalStateException if it is missing: the jar is not whole */
    static Asset load(String name) {
        return new Asset(type(name), read(name));
    }

    /** @throws IllegalStateException if it is missing: the jar is not whole */
    static byte[] read(String name) {
        try (InputStream in = Asset.class.getResourceAsStream(FOLDER + name)) {
            if (in == null) {
                throw new IllegalStateException(FOLDER + name + " is not in the class path; build the module again");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(FOLDER + name + " can't be read", e);
        }
    }

    Body body() {
        return body;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) {
        body.send(exchange, "no-cache");
    }

    static String type(String name) {
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "html" -> "text/html; charset=utf-8";
            case "css" -> "text/css; charset=utf-8";
            case "js" -> "text/javascript; charset=utf-8";
            case "json" -> "application/json";
            case "svg" -> "image/svg+xml";
            default -> throw new IllegalArgumentException("no type is known for " + name);
        };
    }
}
