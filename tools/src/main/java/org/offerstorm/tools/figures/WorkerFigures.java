package org.offerstorm.tools.figures;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;

/**
 * What a worker process says of itself.
 *
 * @param topology Storm's id of the topology that it works for
 * @param port of the slot
 * @param startedAt milliseconds since 1970: counters begin at 0 there
 * @param at the worker's time of the answer
 * @param heapUsed bytes
 * @param heapMax bytes
 * @param cpu what the process has used of the processors
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record WorkerFigures(
        String topology,
        int port,
        long pid,
        long startedAt,
        long at,
        long heapUsed,
        long heapMax,
        WorkerCpu cpu,
        List<TaskFigures> tasks) {}
