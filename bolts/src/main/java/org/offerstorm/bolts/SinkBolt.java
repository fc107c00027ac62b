package org.offerstorm.bolts;

import com.codahale.metrics.Counter;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.storm.task.OutputCollector;
import org.apache.storm.task.TopologyContext;
import org.apache.storm.tuple.Tuple;
import org.apache.storm.tuple.Values;
import org.offerstorm.core.TopologyNames;
import org.offerstorm.core.figures.DurationCounts;
import org.offerstorm.core.model.Change;
import org.offerstorm.core.model.Chunk;
import org.offerstorm.core.model.Source;
import org.offerstorm.core.sink.DeadLetter;
import org.offerstorm.core.sink.DeadLetters;
import org.offerstorm.core.sink.Delivery;
import org.offerstorm.core.sink.HoldCause;
import org.offerstorm.core.sink.Sink;
import org.offerstorm.core.sink.SinkContext;
import org.offerstorm.core.sink.SinkFactory;
import org.offerstorm.core.sink.WriteResult;

/**
 * Writes chunks to one sink. Acks when the chunk is durable there, and what the sink rejected is durable in the dead
 * letters. Each writer of the topology is one of these, around its own {@link SinkFactory}. Passes the chunk on if
 * another sink comes after this one.
 */
public final class SinkBolt extends HoldingBolt {
    private final SinkFactory sinkFactory;
    private final DeadLetters.Factory deadLettersFactory;
    private final String group;
    private final InstantSource clock;

    private transient Sink sink;
    private transient DeadLetters deadLetters;
    private transient Counter written;
    private transient Counter stale;
    private transient Counter rejected;
    private transient Counter passed;
    private transient DurationCounts writes;
    private transient DurationCounts durable;
    private transient boolean isFollowed;

    /** @param group the consumer group: the stream's identity, which sinks may store */
    public SinkBolt(SinkFactory sinkFactory, DeadLetters.Factory deadLettersFactory, String group) {
        this(sinkFactory, deadLettersFactory, group, SYSTEM_CLOCK);
    }

    /** By another clock. */
    public SinkBolt(
            SinkFactory sinkFactory, DeadLetters.Factory deadLettersFactory, String group, InstantSource clock) {
        super(clock);
        this.clock = clock;
        this.sinkFactory = sinkFactory;
        this.deadLettersFactory = deadLettersFactory;
        this.group = group;
    }

    @Override
    void open(TopologyContext context) {
        int tasks = context.getComponentTasks(context.getThisComponentId()).size();
        int slots = context.getComponentTasks(TopologyNames.OFFER_SPOUT).size();
        sink = sinkFactory.create(new SinkContext(context.getThisTaskIndex(), tasks, slots, group, clock));
        deadLetters = deadLettersFactory.create();
        written = context.registerCounter(TopologyNames.METRIC_WRITTEN);
        stale = context.registerCounter(TopologyNames.METRIC_STALE);
        rejected = context.registerCounter(TopologyNames.METRIC_REJECTED);
        passed = context.registerCounter(TopologyNames.METRIC_PASSED);
        writes = new DurationCounts();
        durable = new DurationCounts();
        context.registerGauge(TopologyNames.METRIC_WRITE_SECONDS, writes::histogram);
        context.registerGauge(TopologyNames.METRIC_DURABLE_SECONDS, durable::histogram);
        String letter = sink.name() + "/" + DeadLetter.SINK_REJECTED;
        context.registerGauge(TopologyNames.METRIC_DEAD_LETTERS, () -> Map.of(letter, rejected.getCount()));
        if (sink.bytes().isPresent()) {
            context.registerGauge(TopologyNames.METRIC_BYTES, () -> sink.bytes().orElse(0));
        }
        if (sink.files().isPresent()) {
            context.registerGauge(TopologyNames.METRIC_FILES, () -> sink.files().orElse(0));
        }
        isFollowed = !context.getThisTargets().isEmpty();
    }

    @Override
    void tick() {
        sink.tick();
    }

    @Override
    @SuppressWarnings("unchecked") // this bolt is wired behind the classifier, which emits changes
    Hold.Attempt attempt(Chunk<?> chunk, Tuple anchor, OutputCollector collector) {
        return new WriteThenReject((Chunk<Change>) chunk, anchor, collector);
    }

    @Override
    public void cleanup() {
        sink.close();
        deadLetters.close();
    }

    /** The chunk goes to the sink once; if only the dead letters are unavailable, a later run continues with them. */
    private final class WriteThenReject implements Hold.Attempt {
        private final Chunk<Change> chunk;
        private final Tuple anchor;
        private final OutputCollector collector;
        private List<DeadLetter> letters;

        WriteThenReject(Chunk<Change> chunk, Tuple anchor, OutputCollector collector) {
            this.chunk = chunk;
            this.anchor = anchor;
            this.collector = collector;
        }

        @Override
        public Delivery run() {
            WriteResult result = writeThenReject();
            if (result instanceof WriteResult.Done) {
                passed.inc(chunk.header().offsets());
                countLatency();
                if (isFollowed) {
                    collector.emit(anchor, new Values(chunk));
                }
            }
            return Delivery.known(result);
        }

        @Override
        public HoldCause cause() {
            return letters == null ? HoldCause.STORE : HoldCause.DEAD_LETTERS;
        }

        /** Neighbours in a log mostly have the same millisecond, so they are counted at once. */
        private void countLatency() {
            long now = clock.millis();
            long timestamp = 0;
            int alike = 0;
            for (Change change : chunk.items()) {
                if (change.position().timestampMillis() != timestamp) {
                    countLatency(now, timestamp, alike);
                    timestamp = change.position().timestampMillis();
                    alike = 0;
                }
                alike++;
            }
            countLatency(now, timestamp, alike);
        }

        private void countLatency(long now, long timestamp, int times) {
            if (times > 0) {
                // A record may claim any time, and what does not fit into a long is in the last bucket anyway.
                long age = timestamp > now ? 0 : now - Math.max(0, timestamp);
                durable.add(TimeUnit.MILLISECONDS.toNanos(age), times);
            }
        }

        private WriteResult writeThenReject() {
            if (letters == null) {
                long begin = System.nanoTime();
                WriteResult result = sink.write(chunk);
                writes.add(System.nanoTime() - begin);
                if (!(result instanceof WriteResult.Done done)) {
                    return result;
                }
                written.inc(done.written());
                stale.inc(done.stale());
                if (done.rejected().isEmpty()) {
                    return done;
                }
                rejected.inc(done.rejected().size());
                letters = letters(chunk.header().source(), done.rejected());
            }
            return deadLetters.write(letters);
        }

        private List<DeadLetter> letters(Source source, List<WriteResult.Rejection> rejections) {
            List<DeadLetter> result = new ArrayList<>(rejections.size());
            for (WriteResult.Rejection rejection : rejections) {
                Change change = rejection.change();
                result.add(new DeadLetter(
                        source,
                        change.position(),
                        change.id().getBytes(StandardCharsets.UTF_8),
                        change.raw(),
                        sink.name(),
                        DeadLetter.SINK_REJECTED,
                        rejection.detail()));
            }
            return result;
        }
    }
}
