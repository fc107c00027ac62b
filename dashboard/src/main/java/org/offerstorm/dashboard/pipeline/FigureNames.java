package org.offerstorm.dashboard.pipeline;

/** Metrics of the spout and histograms, by the names in the workers' figures. */
final class FigureNames {
    static final String LAG = "spout-lag";
    static final String IN_FLIGHT = "spout-in-flight";
    static final String RECORDS = "spout-records";
    static final String REPLAYED = "spout-replayed-chunks";
    static final String DURABLE_AT = "spout-durable-at";
    static final String HOLD = "spout-hold";
    static final String PARTITIONS = "spout-partitions";
    /** By partition: the age in milliseconds of the oldest record that is not durable. */
    static final String OLDEST = "spout-unsettled-millis";
    /** Histogram: from Kafka's time of a chunk's newest record until it is durable. */
    static final String DURABLE_LATENCY = "durable-seconds";
    /** By stage and reason. */
    static final String DEAD_LETTERS = "dead-letters";

    private FigureNames() {}
}
