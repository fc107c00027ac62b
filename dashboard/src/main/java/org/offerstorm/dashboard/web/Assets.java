package org.offerstorm.dashboard.web;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.StatusCodes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The files that pages load, by two addresses each: {@code /assets/NAME}, where a browser asks each time whether it has
 * changed, and {@code /assets/HASH/NAME}, which it keeps. HASH is made of all files, so modules that import each other by
 * relative names are of one version. Pages get the second kind.
 */
final class Assets implements HttpHandler {
    /** A year, as long as caches keep anything. */
    private static final String FOREVER = "public, max-age=31536000, immutable";

    /** An asset's address in a page: what comes before its name. */
    private static final Pattern ADDRESS = Pattern.compile("((?:src|href)=\"[^\"]*?assets/)");

    private final Map<String, Asset> files;
    private final String hash;

    /** @param files by name; the pages are not among them */
    Assets(Map<String, Asset> files) {
        this.files = Map.copyOf(files);
        this.hash = hash(files);
    }

    /** A page, with the addresses of its assets. */
    Asset page(String name) {
        String html = new String(Asset.read(name), StandardCharsets.UTF_8);
        return new Asset(
                Asset.type(name),
                ADDRESS.matcher(html).replaceAll("$1" + hash + "/").getBytes(StandardCharsets.UTF_8));
    }

    /**
     * A page at a path without a slash at its end. Its addresses are relative, so with the slash they would lead nowhere:
     * whoever adds it is sent to the path.
     */
    HttpHandler pageAt(String path, String name) {
        Asset page = page(name);
        String self = ".." + path;
        return exchange -> {
            if (exchange.getRequestPath().endsWith("/")) {
                String query = exchange.getQueryString();
                exchange.setStatusCode(StatusCodes.PERMANENT_REDIRECT);
                exchange.getResponseHeaders().put(Headers.LOCATION, query.isEmpty() ? self : self + "?" + query);
                return;
            }
            page.handleRequest(exchange);
        };
    }

    /** The part of addresses that changes with the content of any file. */
    String hash() {
        return hash;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        String path = exchange.getRelativePath();
        String name = path.substring(path.lastIndexOf('/') + 1);
        String version = path.length() > name.length() + 1 ? path.substring(1, path.length() - name.length() - 1) : "";
        Asset asset = files.get(name);
        if (asset == null || !version.matches("|[0-9a-f]{16}")) {
            exchange.setStatusCode(StatusCodes.NOT_FOUND);
            Body.send(exchange, SearchJson.error("there is no such file"));
        } else if (version.equals(hash)) {
            asset.body().send(exchange, FOREVER);
        } else {
            asset.handleRequest(exchange); // a page of another version asks, and gets what there is, for now
        }
    }

    private static String hash(Map<String, Asset> files) {
        try {
            MessageDigest all = MessageDigest.getInstance("SHA-256");
            new TreeMap<>(files)
                    .forEach((name, asset) ->
                            all.update((name + " " + asset.body().hash() + "\n").getBytes(StandardCharsets.UTF_8)));
            return HexFormat.of().formatHex(all.digest(), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
