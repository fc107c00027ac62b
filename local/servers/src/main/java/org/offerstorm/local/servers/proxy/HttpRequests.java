package org.offerstorm.local.servers.proxy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.IntSupplier;

/**
 * Separates the requests of an HTTP/1.1 connection, which may carry many, and on demand answers those of {@code /update}
 * in place of the server. Bodies have a length or are chunked. Used by one thread.
 */
final class HttpRequests {
    private static final int MAX_HEAD = 1 << 16;
    private static final byte[] END_OF_HEAD = {'\r', '\n', '\r', '\n'};

    private enum Part {
        HEAD,
        BODY,
        CHUNK_SIZE,
        CHUNK,
        CHUNK_END,
        TRAILER
    }

    /** Where bytes go. */
    interface Way {
        void to(ByteBuffer bytes);
    }

    private final IntSupplier status;
    private final Way server;
    private final Way client;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private Part part = Part.HEAD;
    private int matched;
    private long left;
    private int answer;

    /**
     * For one connection.
     *
     * @param status the answer to requests of {@code /update} that begin now; 0: the server's
     * @param server takes what the server is to read
     * @param client takes an answer for the client
     */
    HttpRequests(IntSupplier status, Way server, Way client) {
        this.status = status;
        this.server = server;
        this.client = client;
    }

    /**
     * Takes what the client sent.
     *
     * @return how many requests were answered here
     * @throws IOException if that is not HTTP/1.1
     */
    int take(ByteBuffer bytes) throws IOException {
        int answered = 0;
        while (bytes.hasRemaining()) {
            boolean ended = step(bytes);
            if (ended && answer != 0) {
                client.to(response(answer));
                answered++;
            }
            if (ended) {
                part = Part.HEAD;
                answer = 0;
            }
        }
        return answered;
    }

    /** Takes some bytes; whether a request ends with them. */
    private boolean step(ByteBuffer bytes) throws IOException {
        switch (part) {
            case HEAD -> {
                return head(bytes);
            }
            case BODY, CHUNK -> {
                int count = (int) Math.min(left, bytes.remaining());
                forward(bytes.slice(bytes.position(), count));
                bytes.position(bytes.position() + count);
                left -= count;
                if (left == 0 && part == Part.CHUNK) {
                    part = Part.CHUNK_END;
                    return false;
                }
                return left == 0;
            }
            default -> {
                return chunkLine(bytes);
            }
        }
    }

    private boolean head(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            byte next = bytes.get();
            line.write(next);
            matched = next == END_OF_HEAD[matched] ? matched + 1 : next == '\r' ? 1 : 0;
            if (matched == END_OF_HEAD.length) {
                matched = 0;
                byte[] head = line.toByteArray();
                line.reset();
                return begin(head);
            }
            if (line.size() > MAX_HEAD) {
                throw new IOException("a request's head is longer than " + MAX_HEAD + " bytes");
            }
        }
        return false;
    }

    private boolean begin(byte[] head) throws IOException {
        String[] lines = new String(head, StandardCharsets.ISO_8859_1).split("\r\n", -1);
        String[] request = lines[0].split(" ", -1);
        if (request.length != 3 || !request[2].equals("HTTP/1.1")) {
            throw new IOException("'" + lines[0] + "' is not HTTP/1.1");
        }
        String path = request[1].replaceFirst("\\?.*", "");
        answer = path.endsWith("/update") || path.contains("/update/") ? status.getAsInt() : 0;
        left = 0;
        boolean chunked = false;
        for (String field : lines) {
            String small = field.toLowerCase(Locale.ROOT);
            if (small.startsWith("content-length:")) {
                left = Long.parseLong(small.substring(small.indexOf(':') + 1).strip());
            }
            chunked |= small.startsWith("transfer-encoding:") && small.contains("chunked");
        }
        forward(ByteBuffer.wrap(head));
        part = chunked ? Part.CHUNK_SIZE : Part.BODY;
        return !chunked && left == 0;
    }

    /** A line between chunks: the size of the next, the end of one, or the last of all. */
    private boolean chunkLine(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            byte next = bytes.get();
            line.write(next);
            if (next == '\n') {
                byte[] whole = line.toByteArray();
                line.reset();
                forward(ByteBuffer.wrap(whole));
                return endOfLine(new String(whole, StandardCharsets.ISO_8859_1).strip());
            }
            if (line.size() > MAX_HEAD) {
                throw new IOException("a chunk's size is longer than " + MAX_HEAD + " bytes");
            }
        }
        return false;
    }

    private boolean endOfLine(String text) {
        switch (part) {
            case CHUNK_SIZE -> {
                left = Long.parseLong(text.replaceFirst(";.*", "").strip(), 16);
                part = left == 0 ? Part.TRAILER : Part.CHUNK;
                return false;
            }
            case CHUNK_END -> {
                part = Part.CHUNK_SIZE;
                return false;
            }
            default -> {
                return text.isEmpty(); // of the trailer
            }
        }
    }

    private void forward(ByteBuffer bytes) {
        if (answer == 0) {
            server.to(bytes);
        }
    }

    private static ByteBuffer response(int status) {
        String body = "answered by the proxy of offerstorm chaos\n";
        return StandardCharsets.US_ASCII.encode("HTTP/1.1 " + status
                + " Chaos\r\nContent-Type: text/plain\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
    }
}
