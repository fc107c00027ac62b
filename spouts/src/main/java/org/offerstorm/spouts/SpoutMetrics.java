package org.offerstorm.spouts;

import com.codahale.metrics.Counter;
import java.util.function.LongSupplier;
import org.apache.storm.task.TopologyContext;

/**
 * The spout's metrics, as Storm's reporters show them. Alert on {@value #HOLDING} above 0, on {@value #LAG} that grows,
 * and on any {@value #GAPS}.
 */
final class SpoutMetrics {
    /** Offsets between the acked floors and the log's end. */
    static final String LAG = "spout-lag";
    /** Chunks emitted and not yet answered. */
    static final String IN_FLIGHT = "spout-in-flight";
    /** Bytes read and not yet cut into chunks. */
    static final String BUFFERED = "spout-buffered-bytes";
    /** Sum of the acked floors of the slot's partitions. */
    static final String FLOOR = "spout-floor";
    /** 1 while the spout emits nothing because it would break a guarantee. */
    static final String HOLDING = "spout-holding";
    /** Records emitted for the first time. */
    static final String RECORDS = "spout-records";
    /** Chunks emitted for the first time. */
    static final String CHUNKS = "spout-chunks";
    /** Chunks emitted again because they were lost. */
    static final String REPLAYED = "spout-replayed-chunks";
    /** Consumers replaced after an error. */
    static final String REBUILDS = "spout-rebuilds";
    /** Times the stream was taken back because the counters had lost records. */
    static final String REWINDS = "spout-rewinds";
    /** Gaps: records that the log dropped before they were read. */
    static final String GAPS = "spout-gaps";

    final Counter records;
    final Counter chunks;
    final Counter replayed;
    final Counter rebuilds;
    final Counter rewinds;
    final Counter gaps;
    private final TopologyContext context;

    SpoutMetrics(TopologyContext context) {
        this.context = context;
        records = context.registerCounter(RECORDS);
        chunks = context.registerCounter(CHUNKS);
        replayed = context.registerCounter(REPLAYED);
        rebuilds = context.registerCounter(REBUILDS);
        rewinds = context.registerCounter(REWINDS);
        gaps = context.registerCounter(GAPS);
    }

    /** @param value read by the reporters' threads */
    void gauge(String name, LongSupplier value) {
        context.registerGauge(name, value::getAsLong);
    }
}
