package org.offerstorm.local.trials.bench;

import java.io.IOException;
import java.util.Map;

/** A program that reads the whole topic: the topology, or a neighbour. One thread asks it. */
interface Contender extends AutoCloseable {
    /** Its name in tables. */
    String name();

    /** Starts it with its own stores at the beginning of the topic; returns when its process runs. */
    void start() throws IOException;

    /** Pids of the contender's processes. */
    Iterable<Long> pids();

    /** By component: its tasks, each run by one thread; empty if it has none. */
    Map<String, Integer> tasks() throws IOException;

    /** Its current figures. */
    Reading read() throws IOException;

    /** Ends it; its stores stay. */
    @Override
    void close() throws IOException;

    /**
     * One reading.
     *
     * @param done records that are durable in all sinks
     * @param passed by sink: records that it has made durable
     * @param components by component: CPU time in milliseconds; empty if it does not report it
     * @param collections milliseconds that garbage collections took
     */
    record Reading(long done, Map<String, Long> passed, Map<String, Long> components, long collections) {}
}
