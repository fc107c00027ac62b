package org.offerstorm.core.config;

import java.io.Serializable;
import java.time.Duration;

/**
 * How the topology is laid out on the cluster.
 *
 * @param name name of the topology on the cluster
 * @param nimbus where Nimbus listens, {@code host:port} separated by commas; {@link #NIMBUS_OF_STORM}: where Storm's own
 *     configuration says
 * @param workers worker processes
 * @param workerHeap Java heap of a worker in bytes
 * @param metricsPortOffset a worker serves its figures at its slot's port plus this; 0: nowhere
 * @param professions path of the reference table; {@link #BUILT_IN_PROFESSIONS}: the one in the jar
 * @param spoutTasks spout tasks, each a slot; at most the topic's partitions
 * @param parseTasks tasks of parse and of continent
 * @param sinkTasks tasks of hdfs-writer and of solr-indexer (redis-counter is one: its script is atomic)
 * @param maxSpoutPending chunks in flight for each spout task
 * @param messageTimeout Storm's message time-out; above every sink's deadline
 */
public record TopologyConfig(
        String name,
        String nimbus,
        int workers,
        long workerHeap,
        int metricsPortOffset,
        String professions,
        int spoutTasks,
        int parseTasks,
        int sinkTasks,
        int maxSpoutPending,
        Duration messageTimeout)
        implements Serializable {
    /** {@link #nimbus()} if storm.yaml says where Nimbus is. */
    public static final String NIMBUS_OF_STORM = "storm.yaml";
    /** {@link #professions()} if conf/professions.csv, which is in the jar, will do. */
    public static final String BUILT_IN_PROFESSIONS = "built-in";
}
