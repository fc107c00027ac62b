package org.offerstorm.tools.figures;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a process answers to the head of a request: its pages, to GET and HEAD, asked for by a name of its machine. Anything
 * else gets a status and one line.
 */
final class FiguresAnswers {
    private static final Logger LOG = LoggerFactory.getLogger(FiguresAnswers.class);
    private static final Map<Integer, String> STATUS = Map.of(200, "200 OK", 503, "503 Service Unavailable");
    private static final String TEXT = "text/plain; charset=utf-8";

    private final OwnNames names;
    private final Map<String, FiguresPages.Page> pages;

    /** @param pages by path */
    FiguresAnswers(OwnNames names, Map<String, FiguresPages.Page> pages) {
        this.names = names;
        this.pages = Map.copyOf(pages);
    }

    /** @param head request line and headers with their line ends; may be cut off, or no HTTP at all */
    byte[] to(String head) {
        String[] lines = head.split("\r\n", -1);
        String[] request = lines[0].split(" ", -1);
        if (request.length != 3 || !request[2].startsWith("HTTP/1.") || !head.contains("\r\n\r\n")) {
            return refusal("400 Bad Request", "", "This is not a request of HTTP/1.1, or it is too long.");
        }
        String host = null;
        String accept = "";
        for (int i = 1; i < lines.length && !lines[i].isEmpty(); i++) {
            if (lines[i].regionMatches(true, 0, "Host:", 0, 5)) {
                if (host != null) {
                    return refusal("400 Bad Request", "", "Two Host headers.");
                }
                host = lines[i].substring(5).strip();
            } else if (lines[i].regionMatches(true, 0, "Accept:", 0, 7)) {
                accept = lines[i].substring(7).strip();
            }
        }
        if (host == null && !request[2].equals("HTTP/1.0")) { // no browser speaks that
            return refusal("400 Bad Request", "", "A request of HTTP/1.1 has a Host header.");
        }
        if (host != null && !names.include(host)) {
            return refusal(
                    "421 Misdirected Request",
                    "",
                    "This process answers to names and addresses of its machine only; ask for it by one of them.");
        }
        boolean isHead = request[0].equals("HEAD");
        if (!isHead && !request[0].equals("GET")) {
            return refusal("405 Method Not Allowed", "Allow: GET, HEAD\r\n", "Figures can only be read.");
        }
        FiguresPages.Page page = pages.get(request[1].replaceFirst("\\?.*", ""));
        if (page == null) {
            return refusal(
                    "404 Not Found", "", "There is " + String.join(", ", new TreeSet<>(pages.keySet())) + " here.");
        }
        try {
            FiguresPages.Content content = page.get(accept);
            return answer(
                    STATUS.get(content.status()),
                    "",
                    content.type(),
                    content.body().getBytes(StandardCharsets.UTF_8),
                    isHead);
        } catch (RuntimeException e) {
            LOG.warn("Cannot report the figures", e);
            return refusal("500 Internal Server Error", "", "See the log of this process.");
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
