package org.offerstorm.dashboard.web;

import io.undertow.server.handlers.PathHandler;
import java.time.InstantSource;
import java.util.Map;
import org.offerstorm.dashboard.pipeline.Observation;

/** The page Pipeline and its API; every answer is made of what is in memory. */
final class PipelineRoutes {
    private static final String[] FILES = {
        "pipeline.css",
        "pipeline.js",
        "pipeline-flow.js",
        "pipeline-history.js",
        "pipeline-storage.js",
        "pipeline-words.js"
    };

    private PipelineRoutes() {}

    /** Adds what the page loads. */
    static void addFiles(Map<String, Asset> files) {
        for (String file : FILES) {
            files.put(file, Asset.load(file));
        }
    }

    static void add(PathHandler paths, Assets assets, Observation observation, InstantSource clock) {
        paths.addExactPath("/pipeline", assets.pageAt("/pipeline", "pipeline.html"));
        paths.addExactPath(
                "/api/pipeline",
                exchange -> Body.send(
                        exchange, PipelineJson.now(observation.pipeline().view())));
        paths.addExactPath(
                "/api/pipeline/history",
                exchange -> Body.send(exchange, PipelineJson.history(observation.pipeline(), clock.millis())));
        paths.addExactPath(
                "/api/storage",
                exchange -> Body.send(exchange, StorageJson.now(observation.storage(), clock.millis())));
    }
}
