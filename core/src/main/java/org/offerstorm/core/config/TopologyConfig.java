package org.offerstorm.core.config;

import java.io.Serializable;
import java.time.Duration;

/**
 * How the topology is laid out on the cluster.
 *
 * @param name name of the topology on the cluster
 * @param workers worker processes
 * @param spoutTasks spout tasks, each a slot; at most the topic's partitions
 * @param parseTasks tasks of parse and of continent
 * @param sinkTasks tasks of hdfs-writer and of solr-indexer (redis-counter is one: its script is atomic)
 * @param maxSpoutPending chunks in flight for each spout task
 * @param messageTimeout Storm's message time-out; above every sink's deadline
 */
public record TopologyConfig(
        String name,
        int workers,
        int spoutTasks,
        int parseTasks,
        int sinkTasks,
        int maxSpoutPending,
        Duration messageTimeout)
        implements Serializable {}
