package org.offerstorm.tools.figures;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** What a process answers about itself, by path. */
public final class FiguresPages {
    /** The figures of a worker as JSON. */
    public static final String FIGURES = "/figures";
    /** Prometheus text, or OpenMetrics for a reader that accepts it. */
    public static final String METRICS = "/metrics";
    /** 200 while the process answers. */
    public static final String LIVE = "/live";
    /** 200 while the process does its work; else 503 with a line for each reason. */
    public static final String READY = "/ready";

    private static final String JSON = "application/json";
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String OPEN_METRICS = "application/openmetrics-text";
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final ExpositionFormatWriter PROMETHEUS = PrometheusTextFormatWriter.create();
    private static final ExpositionFormatWriter OPEN = OpenMetricsTextFormatWriter.create();

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
     * @param status such as 200
     * @param type with the character set, if it has one
     */
    public record Content(int status, String type, String body) {
        private static final int OK = 200;
        private static final int UNAVAILABLE = 503;
    }

    /**
     * Those of a worker.
     *
     * @param withoutCpu the same figures but for the CPU time of the threads, which costs a stop of all threads
     */
    static Map<String, Page> ofWorker(Supplier<WorkerFigures> figures, Supplier<WorkerFigures> withoutCpu) {
        return Map.of(
                FIGURES, accept -> new Content(Content.OK, JSON, json(figures.get())),
                METRICS, accept -> metrics(ProcessMetrics.addTo(WorkerMetrics.of(withoutCpu.get())), accept),
                LIVE, accept -> live(),
                READY, accept -> ready(Readiness.problems(withoutCpu.get().tasks())));
    }

    /**
     * Those of any other process.
     *
     * @param metrics its own; the JVM's and the process's are added
     * @param problems why it does not do its work, a line each; empty if it does
     */
    public static Map<String, Page> of(Supplier<Families> metrics, Supplier<List<String>> problems) {
        return Map.of(
                METRICS, accept -> metrics(ProcessMetrics.addTo(metrics.get()), accept),
                LIVE, accept -> live(),
                READY, accept -> ready(problems.get()));
    }

    private static Content metrics(Families families, String accept) {
        ExpositionFormatWriter writer = accept.contains(OPEN_METRICS) ? OPEN : PROMETHEUS;
        MetricSnapshots snapshots = families.snapshots();
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try {
            writer.write(text, snapshots);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Content(Content.OK, writer.getContentType(), text.toString(StandardCharsets.UTF_8));
    }

    private static Content live() {
        return new Content(Content.OK, TEXT, "live\n");
    }

    private static Content ready(List<String> problems) {
        return problems.isEmpty()
                ? new Content(Content.OK, TEXT, "ready\n")
                : new Content(Content.UNAVAILABLE, TEXT, String.join("\n", problems) + "\n");
    }

    private static String json(WorkerFigures figures) {
        try {
            return MAPPER.writeValueAsString(figures);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
