package org.offerstorm.topology.metrics;

import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a worker answers to the head of a request: the figures, to GET and HEAD of one path, asked for by a name of its
 * machine. Anything else gets a status and one line.
 */
final class FiguresAnswers {
    private static final Logger LOG = LoggerFactory.getLogger(FiguresAnswers.class);
    private static final String TEXT = "text/plain; charset=utf-8";

    private final OwnNames names;
    private final Supplier<byte[]> figures;

    /** @param figures as JSON */
    FiguresAnswers(OwnNames names, Supplier<byte[]> figures) {
        this.names = names;
        this.figures = figures;
    }

    /** @param head request line and headers with their line ends; may be cut off, or no HTTP at all */
    byte[] to(String head) {
        String[] lines = head.split("\r\n", -1);
        String[] request = lines[0].split(" ", -1);
        if (request.length != 3 || !request[2].startsWith("HTTP/1.") || !head.contains("\r\n\r\n")) {
            return refusal("400 Bad Request", "", "This is not a request of HTTP/1.1, or it is too long.");
        }
        String host = null;
        for (int i = 1; i < lines.length && !lines[i].isEmpty(); i++) {
            if (lines[i].regionMatches(true, 0, "Host:", 0, 5)) {
                if (host != null) {
                    return refusal("400 Bad Request", "", "Two Host headers.");
                }
                host = lines[i].substring(5).strip();
            }
        }
        if (host == null && !request[2].equals("HTTP/1.0")) { // no browser speaks that
            return refusal("400 Bad Request", "", "A request of HTTP/1.1 has a Host header.");
        }
        if (host != null && !names.include(host)) {
            return refusal(
                    "421 Misdirected Request",
                    "",
                    "This worker answers to names and addresses of its machine only; ask for it by one of them.");
        }
        boolean isHead = request[0].equals("HEAD");
        if (!isHead && !request[0].equals("GET")) {
            return refusal("405 Method Not Allowed", "Allow: GET, HEAD\r\n", "Figures can only be read.");
        }
        if (!request[1].replaceFirst("\\?.*", "").equals(FiguresReporter.PATH)) {
            return refusal("404 Not Found", "", "Figures are at " + FiguresReporter.PATH + ".");
        }
        try {
            return answer("200 OK", "", "application/json", figures.get(), isHead);
        } catch (RuntimeException e) {
            LOG.warn("Cannot report the figures", e);
            return refusal("500 Internal Server Error", "", "See the worker's log.");
        }
    }

    private static byte[] refusal(String status, String headers, String line) {
        return answer(status, headers, TEXT, (line + "\n").getBytes(StandardCharsets.UTF_8), false);
    }

    private static byte[] answer(String status, String headers, String type, byte[] body, boolean headAlone) {
        byte[] head = ("HTTP/1.1 " + status + "\r\n" + headers + "Content-Type: " + type + "\r\nContent-Length: "
                        + body.length
                        + "\r\nX-Content-Type-Options: nosniff\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        byte[] whole = java.util.Arrays.copyOf(head, head.length + (headAlone ? 0 : body.length));
        System.arraycopy(body, 0, whole, head.length, whole.length - head.length);
        return whole;
    }
}
