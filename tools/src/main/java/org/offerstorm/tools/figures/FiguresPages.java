package org.offerstorm.tools.figures;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.function.Supplier;

/** What a process answers at its port of figures, by path. */
public final class FiguresPages {
    /** The figures as JSON. */
    public static final String FIGURES = "/figures";

    private static final String JSON = "application/json";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private FiguresPages() {}

    /** A page; made for each request, by the server's thread. */
    @FunctionalInterface
    public interface Page {
        /**
         * Makes it.
         *
         * @param accept the request's header of this name; empty if it has none
         */
        Content get(String accept);
    }

    /**
     * What is sent.
     *
     * @param status such as "200 OK"
     * @param type with the character set, if it has one
     */
    public record Content(String status, String type, String body) {
        static final String OK = "200 OK";
    }

    /** Those of a worker. */
    public static Map<String, Page> of(Supplier<WorkerFigures> figures) {
        return Map.of(FIGURES, accept -> new Content(Content.OK, JSON, json(figures.get())));
    }

    private static String json(WorkerFigures figures) {
        try {
            return MAPPER.writeValueAsString(figures);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
