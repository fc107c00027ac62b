package org.offerstorm.topology.operate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.storm.Config;
import org.offerstorm.core.check.Failure;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.topology.metrics.FiguresReporter;

/**
 * What a topology on the cluster was submitted with, as far as its operators need it.
 *
 * @param portOffset what is added to a slot's port for the worker's figures; 0: they are not served
 * @param workers worker processes
 * @param stream the consumer group that it reads with, see {@link #stream(OfferstormConfig)}; empty if it is none of ours
 */
record RunningTopology(int portOffset, int workers, String stream) {
    /** In a topology's settings: which log it reads in whose name. */
    static final String STREAM = "offerstorm.stream";

    /** Two topologies with one stream would take the writers' slots from each other. */
    static String stream(OfferstormConfig config) {
        return config.source().group() + " at " + config.source().bootstrapServers();
    }

    /** @param conf as Nimbus gives it */
    static RunningTopology of(String conf) {
        try {
            JsonNode settings = new ObjectMapper().readTree(conf);
            int offset = 0;
            for (JsonNode reporter : settings.path(Config.TOPOLOGY_METRICS_REPORTERS)) {
                if (reporter.path("class").asText().equals(FiguresReporter.class.getName())) {
                    offset = reporter.path(FiguresReporter.PORT_OFFSET).asInt();
                }
            }
            return new RunningTopology(
                    offset,
                    settings.path(Config.TOPOLOGY_WORKERS).asInt(1),
                    settings.path(STREAM).asText());
        } catch (JsonProcessingException e) {
            throw Failure.unreachable(
                    "the topology's configuration at Nimbus is not JSON: " + e.getOriginalMessage(), e);
        }
    }
}
