package org.offerstorm.bolts;

import java.util.Map;
import org.apache.storm.Config;
import org.apache.storm.task.TopologyContext;
import org.offerstorm.core.TopologyNames;
import org.offerstorm.core.model.ChunkHeader;
import org.offerstorm.core.sink.Delivery;
import org.offerstorm.core.sink.HoldCause;
import org.slf4j.MDC;

/**
 * Gives each line that is logged while a chunk is worked on the fields topology, component, task and chunk. Costs four puts and
 * one text for each chunk, nothing for each offer. Used by the bolt's executor.
 */
final class ChunkLog {
    private final String topology;
    private final String component;
    private final String task;

    ChunkLog(Map<String, Object> conf, TopologyContext context) {
        topology = String.valueOf(conf.get(Config.TOPOLOGY_NAME));
        component = context.getThisComponentId();
        task = Integer.toString(context.getThisTaskId());
    }

    /** Begins the work on a chunk. One executor may run several tasks, so all fields are set. */
    void begin(ChunkHeader header) {
        MDC.put(TopologyNames.LOG_TOPOLOGY, topology);
        MDC.put(TopologyNames.LOG_COMPONENT, component);
        MDC.put(TopologyNames.LOG_TASK, task);
        MDC.put(TopologyNames.LOG_CHUNK, header.describe());
    }

    /** Ends it; what is logged then is of the task. */
    void end() {
        MDC.remove(TopologyNames.LOG_CHUNK);
    }

    /** The attempt with these fields, also when it is made again later. */
    Hold.Attempt around(ChunkHeader header, Hold.Attempt attempt) {
        return new Hold.Attempt() {
            @Override
            public Delivery run() {
                begin(header);
                try {
                    return attempt.run();
                } finally {
                    end();
                }
            }

            @Override
            public HoldCause cause() {
                return attempt.cause();
            }
        };
    }
}
