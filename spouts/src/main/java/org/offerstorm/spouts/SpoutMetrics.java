package org.offerstorm.spouts;

import com.codahale.metrics.Counter;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.storm.task.TopologyContext;
import org.offerstorm.core.TopologyNames;
import org.offerstorm.core.sink.DeadLetter;

/**
 * The spout's metrics, as Storm's reporters show them. Alert on {@value #HOLDING} above 0, on {@value #LAG} that grows,
 * and on any {@value #GAPS}.
 */
public final class SpoutMetrics {
    /** Offsets between the acked floors and the log's end. */
    public static final String LAG = "spout-lag";
    /** Chunks emitted and not yet answered. */
    public static final String IN_FLIGHT = "spout-in-flight";
    /** Bytes read and not yet cut into chunks. */
    public static final String BUFFERED = "spout-buffered-bytes";
    /** Sum of the acked floors of the slot's partitions. */
    public static final String FLOOR = "spout-floor";
    /** 1 while the spout emits nothing because it would break a guarantee. */
    public static final String HOLDING = "spout-holding";
    /** Partitions that are read; 0 until the spout has found its place in them, and while it holds. */
    public static final String PARTITIONS = "spout-partitions";
    /** 1 once the topology is deactivated and everything emitted, the drain too, is acked. */
    public static final String DRAINED = "spout-drained";
    /** When a chunk became durable last, in milliseconds since 1970; 0: none since the worker's start. */
    public static final String DURABLE_AT = "spout-durable-at";
    /** Words: why the spout emits nothing; null while it works. */
    public static final String HOLD = "spout-hold";
    /** Several numbers, by partition: offsets between its acked floor and its log's end. */
    public static final String PARTITION_LAG = "spout-partition-lag";
    /** Several numbers, by partition: age in milliseconds of its oldest record that is read and not acked; 0 if there is none. */
    public static final String UNSETTLED = "spout-unsettled-millis";
    /** 1 once the spout has found its place in its partitions; 0 before, and while it holds. */
    public static final String PLACED = "spout-placed";
    /** Records emitted for the first time. */
    public static final String RECORDS = "spout-records";
    /** Chunks emitted for the first time. */
    public static final String CHUNKS = "spout-chunks";
    /** Chunks emitted again because they were lost. */
    public static final String REPLAYED = "spout-replayed-chunks";
    /** Consumers replaced after an error. */
    public static final String REBUILDS = "spout-rebuilds";
    /** Times the stream was taken back because the counters had lost records. */
    public static final String REWINDS = "spout-rewinds";
    /** Gaps: records that the log dropped before they were read. */
    public static final String GAPS = "spout-gaps";

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

    /** @param text read by the reporters' threads; null: nothing to report */
    void text(String name, Supplier<String> text) {
        context.registerGauge(name, text::get);
    }

    /** The gaps, as the dead letters that they are. */
    void deadLetters() {
        String letter = GapReporter.STAGE + "/" + DeadLetter.GAP;
        context.registerGauge(TopologyNames.METRIC_DEAD_LETTERS, () -> Map.of(letter, gaps.getCount()));
    }

    /** @param values read by the reporters' threads */
    void numbers(String name, Supplier<Map<Integer, Long>> values) {
        context.registerGauge(name, values::get);
    }

    /** @param value read by the reporters' threads */
    void gauge(String name, LongSupplier value) {
        context.registerGauge(name, value::getAsLong);
    }
}
