package org.offerstorm.dashboard.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A client of the stream of events, as plain as can be. */
final class EventStream implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 60_000;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Socket socket;
    private final BufferedReader in;

    /**
     * An event.
     *
     * @param id empty if it has none
     */
    record Event(String id, String name, JsonNode data) {}

    EventStream(int port, String lastEventId) throws IOException {
        this(port, lastEventId, "");
    }

    /** @param headers further ones, each with its line end */
    EventStream(int port, String lastEventId, String headers) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        // HTTP/1.0: no chunks in the stream.
        String request = "GET /api/changes HTTP/1.0\r\nHost: localhost\r\n" + headers
                + (lastEventId == null ? "" : "Last-Event-ID: " + lastEventId + "\r\n") + "\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        for (String line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
            if (line.startsWith("HTTP/") && !line.contains(" 200 ")) {
                throw new IOException(line);
            }
        }
    }

    /** The next event of any kind. */
    Event next() throws IOException {
        String id = "";
        String name = "";
        String data = "";
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.startsWith("id: ")) {
                id = line.substring(4);
            } else if (line.startsWith("event: ")) {
                name = line.substring(7);
            } else if (line.startsWith("data: ")) {
                data = line.substring(6);
            } else if (line.isEmpty()) {
                return new Event(id, name, JSON.readTree(data));
            }
        }
        throw new IOException("the stream ended");
    }

    /** The next event of one of these names. */
    Event next(String... names) throws IOException {
        while (true) {
            Event event = next();
            for (String name : names) {
                if (event.name().equals(name)) {
                    return event;
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
