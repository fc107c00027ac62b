package org.offerstorm.topology.operate;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * How a topology does, as {@code status --format json} prints it. Counts are those since each worker's start.
 *
 * @param state Storm's word: ACTIVE, INACTIVE, KILLED, REBALANCING
 * @param source null if Kafka could not be asked
 * @param offersIn records that the spout has read
 * @param lastDurableAt when a chunk became durable in all sinks last, in milliseconds since 1970; null: not since the
 *     workers' start
 * @param problems one line each: what holds, what could not be asked, what Storm reports
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record Status(
        String name,
        String id,
        String nimbus,
        String state,
        int uptimeSeconds,
        List<WorkerLine> workers,
        Source source,
        long offersIn,
        long replayedChunks,
        Long lastDurableAt,
        long at,
        List<SinkLine> sinks,
        long refused,
        List<String> problems) {

    /**
     * A worker; numbers are null if it does not answer.
     *
     * @param heapUsed bytes
     */
    record WorkerLine(String address, int executors, Long pid, Long uptimeSeconds, Long heapUsed, Long heapMax) {}

    /** What is read. Offsets are those of the partition's log. */
    record Source(String topic, String group, List<PartitionLine> partitions, long behind) {}

    /** @param durableTo every record below is durable in all sinks, or in the dead letters */
    record PartitionLine(int partition, long durableTo, long logEnd, long behind) {}

    /** A sink, all its tasks together. */
    record SinkLine(String name, int tasks, long written, long stale, long rejected, long heldChunks) {}
}
