package org.offerstorm.core;

/** Names of components, fields and metrics, each in this one place; those of the sinks are their kinds' own. */
public final class TopologyNames {
    public static final String OFFER_SPOUT = "offer-spout";
    public static final String PARSE = "parse";
    public static final String CONTINENT = "continent";
    public static final String EXPIRER = "expirer";

    /** The one field of every tuple: a {@link org.offerstorm.core.model.Chunk}. */
    public static final String CHUNK = "chunk";

    /** Changes that took effect in a sink. */
    public static final String METRIC_WRITTEN = "written";
    /** Changes that a sink had already, or that a newer version had overtaken. */
    public static final String METRIC_STALE = "stale";
    /** Records sent to the dead letters. */
    public static final String METRIC_REJECTED = "rejected";
    /** Fields of accepted records that no offer has; they are ignored. */
    public static final String METRIC_UNKNOWN_FIELDS = "unknown-fields";
    /** Offsets of the log that a sink has passed, no matter what it did with their records. */
    public static final String METRIC_PASSED = "passed";
    /** Offers that were withdrawn because their time has passed. */
    public static final String METRIC_EXPIRED = "expired";
    /** Chunks held because a store is unavailable; alert when above zero for a minute. */
    public static final String METRIC_HELD = "held";
    /** Words: why chunks are held; null if none are. */
    public static final String METRIC_PROBLEM = "problem";
    /** Word: the code of the {@link org.offerstorm.core.sink.HoldCause} of a hold; null while nothing is held. */
    public static final String METRIC_CAUSE = "cause";
    /** Several numbers, by stage/reason: records that a task refused; those that are 0 are left out. */
    public static final String METRIC_DEAD_LETTERS = "dead-letters";
    /** Histogram: one call of a sink. */
    public static final String METRIC_WRITE_SECONDS = "write-seconds";
    /** Histogram: for each record, from its Kafka time until it was durable in a sink. */
    public static final String METRIC_DURABLE_SECONDS = "durable-seconds";
    /** Bytes that a sink has written. */
    public static final String METRIC_BYTES = "bytes";
    /** Files that a sink has finished. */
    public static final String METRIC_FILES = "files";

    /** Field of a log line: name of the topology. */
    public static final String LOG_TOPOLOGY = "topology";
    /** Field of a log line: the component. */
    public static final String LOG_COMPONENT = "component";
    /** Field of a log line: number of the task. */
    public static final String LOG_TASK = "task";
    /** Field of a log line: the chunk that is worked on, as {@link org.offerstorm.core.model.ChunkHeader#describe()} has it. */
    public static final String LOG_CHUNK = "chunk";

    private TopologyNames() {}
}
