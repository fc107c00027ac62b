package org.offerstorm.core.sink;

import java.time.InstantSource;

/**
 * Where a sink instance stands in the topology.
 *
 * @param task index of this sink task, from 0
 * @param tasks number of tasks of this sink
 * @param slots number of spout tasks; slot s is served by sink task {@code s mod tasks} where the grouping is by slot
 * @param group the consumer group: the stream's identity
 * @param clock the time
 */
public record SinkContext(int task, int tasks, int slots, String group, InstantSource clock) {}
