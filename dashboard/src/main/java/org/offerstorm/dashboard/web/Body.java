package org.offerstorm.dashboard.web;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.ETag;
import io.undertow.util.ETagUtils;
import io.undertow.util.Headers;
import io.undertow.util.QValueParser;
import io.undertow.util.QValueParser.QValueResult;
import io.undertow.util.StatusCodes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * The body of an answer, in memory. It is sent compressed to whoever takes gzip, and not at all to whoever has it already:
 * its tag is a hash of the content, the same for both forms (a weak tag).
 */
final class Body {
    /** Bytes: less fits into one packet anyway. */
    private static final int SMALLEST = 1_000;

    private static final String GZIP = "gzip";

    private final String type;
    private final ByteBuffer plain;
    private final ByteBuffer compressed;
    private final ETag tag;

    private Body(String type, byte[] content, int level) {
        this.type = type;
        this.plain = ByteBuffer.wrap(content);
        byte[] smaller = content.length < SMALLEST ? content : gzip(content, level);
        this.compressed = smaller.length < content.length ? ByteBuffer.wrap(smaller) : null;
        this.tag = new ETag(true, hash(content));
    }

    /** A body that is sent again and again. */
    static Body kept(String type, byte[] content) {
        return new Body(type, content, Deflater.BEST_COMPRESSION);
    }

    /** Sends a JSON document that was made for this request, on any thread. No cache gives it out without asking here. */
    static void send(HttpServerExchange exchange, byte[] document) {
        boolean compress = document.length >= SMALLEST && takesGzip(exchange);
        new Body("application/json", document, compress ? Deflater.BEST_SPEED : Deflater.NO_COMPRESSION)
                .send(exchange, "no-cache");
    }

    /** A hash of the content. */
    String hash() {
        return tag.getTag();
    }

    void send(HttpServerExchange exchange, String cacheControl) {
        exchange.getResponseHeaders().put(Headers.CACHE_CONTROL, cacheControl);
        exchange.getResponseHeaders().put(Headers.VARY, Headers.ACCEPT_ENCODING_STRING);
        exchange.getResponseHeaders().put(Headers.ETAG, tag.toString());
        if (exchange.getStatusCode() == StatusCodes.OK && !ETagUtils.handleIfNoneMatch(exchange, tag, true)) {
            exchange.setStatusCode(StatusCodes.NOT_MODIFIED).endExchange();
            return;
        }
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, type);
        if (compressed != null && takesGzip(exchange)) {
            exchange.getResponseHeaders().put(Headers.CONTENT_ENCODING, GZIP);
            exchange.getResponseSender().send(compressed.duplicate());
        } else {
            exchange.getResponseSender().send(plain.duplicate());
        }
    }

    private static boolean takesGzip(HttpServerExchange exchange) {
        List<String> accepted = exchange.getRequestHeaders().get(Headers.ACCEPT_ENCODING);
        if (accepted == null) {
            return false;
        }
        for (List<QValueResult> equal : QValueParser.parse(accepted)) {
            for (QValueResult coding : equal) {
                if (coding.getValue().equalsIgnoreCase(GZIP)) {
                    return !coding.isQValueZero();
                }
            }
        }
        return false;
    }

    private static byte[] gzip(byte[] content, int level) {
        if (level == Deflater.NO_COMPRESSION) {
            return content;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(content.length / 3 + 64);
        try (OutputStream out = new Levelled(bytes, level)) {
            out.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException("bytes in memory", e);
        }
        return bytes.toByteArray();
    }

    private static final class Levelled extends GZIPOutputStream {
        Levelled(OutputStream out, int level) throws IOException {
            super(out);
            def.setLevel(level);
        }
    }

    private static String hash(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
