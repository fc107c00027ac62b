package org.offerstorm.spouts;

import static org.assertj.core.api.Assertions.fail;

import com.codahale.metrics.Gauge;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.storm.metrics2.StormMetricRegistry;
import org.apache.storm.spout.ISpoutOutputCollector;
import org.apache.storm.spout.SpoutOutputCollector;
import org.apache.storm.task.TopologyContext;
import org.apache.storm.topology.TopologyBuilder;
import org.offerstorm.core.TopologyNames;
import org.offerstorm.core.model.Chunk;
import org.offerstorm.core.model.OffsetRange;
import org.offerstorm.core.model.SourceRecord;

/** Calls a spout as Storm's executor does, on the test's thread, and records what it emits. */
final class SpoutDriver implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofMinutes(1);

    /** A chunk as it was emitted. */
    record Emitted(Object id, Chunk<SourceRecord> chunk) {
        List<OffsetRange> ranges() {
            return chunk.header().ranges();
        }
    }

    final List<Emitted> emitted = new ArrayList<>();
    final Deque<Emitted> unanswered = new ArrayDeque<>();
    /** What the sinks do with a chunk before it is acked. */
    Consumer<Emitted> beforeAck = chunk -> {};

    final List<Throwable> reported = new ArrayList<>();
    private final OfferSpout spout;
    private final StormMetricRegistry metrics = new StormMetricRegistry();
    private final int task;
    private boolean active = true;
    private boolean closed;

    SpoutDriver(OfferSpout spout) {
        this(spout, 0, 1);
    }

    SpoutDriver(OfferSpout spout, int index, int tasks) {
        this.spout = spout;
        this.task = index + 1;
        TopologyBuilder builder = new TopologyBuilder();
        builder.setSpout(TopologyNames.OFFER_SPOUT, spout, tasks);
        Map<Integer, String> components = new HashMap<>();
        List<Integer> ids = IntStream.rangeClosed(1, tasks).boxed().toList();
        ids.forEach(id -> components.put(id, TopologyNames.OFFER_SPOUT));
        TopologyContext context = new TopologyContext(
                builder.createTopology(),
                Map.of(),
                components,
                Map.of(TopologyNames.OFFER_SPOUT, ids),
                Map.of(),
                Map.of(),
                "test-1",
                "",
                "",
                task,
                6700,
                ids,
                Map.of(),
                Map.of(),
                new HashMap<>(),
                new HashMap<>(),
                new AtomicBoolean(),
                metrics);
        spout.open(Map.of(), context, new SpoutOutputCollector(new Collector()));
        spout.activate();
    }

    OfferSpout spout() {
        return spout;
    }

    /** Drives until the condition holds, and leaves what is emitted unanswered. */
    SpoutDriver until(BooleanSupplier condition) {
        return drive(condition, false);
    }

    /** Drives until the condition holds, and acks each chunk at once. */
    SpoutDriver ackingUntil(BooleanSupplier condition) {
        return drive(condition, true);
    }

    /** Drives for a while, to see that something does not happen. */
    SpoutDriver during(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        return drive(() -> System.nanoTime() >= end, false);
    }

    void ack(Emitted chunk) {
        unanswered.remove(chunk);
        beforeAck.accept(chunk);
        spout.ack(chunk.id());
    }

    void ackAll() {
        while (!unanswered.isEmpty()) {
            ack(unanswered.getFirst());
        }
    }

    void lose(Emitted chunk) {
        unanswered.remove(chunk);
        spout.fail(chunk.id());
    }

    void deactivate() {
        active = false;
        spout.deactivate();
    }

    void activate() {
        active = true;
        spout.activate();
    }

    /** Numbers of all records emitted, in order, with their repetitions. */
    List<Integer> numbers() {
        return emitted.stream()
                .flatMap(chunk -> chunk.chunk().items().stream())
                .map(SpoutDriver::number)
                .toList();
    }

    static int number(SourceRecord record) {
        return Integer.parseInt(new String(record.value(), StandardCharsets.UTF_8).trim());
    }

    int records() {
        return emitted.stream().mapToInt(chunk -> chunk.chunk().size()).sum();
    }

    /** End of what was emitted of a partition, checking that its ranges tile from {@code start}. */
    long tiledFrom(int partition, long start) {
        long end = start;
        for (Emitted chunk : emitted) {
            for (OffsetRange range : chunk.ranges()) {
                if (range.partition() == partition) {
                    if (range.from() != end || range.next() <= end) {
                        fail("range " + range + " does not continue " + end);
                    }
                    end = range.next();
                }
            }
        }
        return end;
    }

    long gauge(String name) {
        Gauge<?> gauge = metrics.getTaskGauges(task).get(name);
        return ((Number) gauge.getValue()).longValue();
    }

    long counter(String name) {
        return metrics.getTaskCounters(task).get(name).getCount();
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            spout.close();
        }
    }

    private SpoutDriver drive(BooleanSupplier condition, boolean ack) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            int before = emitted.size();
            if (active) {
                spout.nextTuple();
            }
            if (ack) {
                ackAll();
            }
            if (emitted.size() == before) {
                pause();
            }
            if (System.nanoTime() > end) {
                fail("not so after " + PATIENCE + ": " + emitted.size() + " chunks with " + records()
                        + " records emitted, " + unanswered.size() + " unanswered, hold " + spout.hold());
            }
        }
        return this;
    }

    private static void pause() {
        try {
            Thread.sleep(1);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private final class Collector implements ISpoutOutputCollector {
        @Override
        @SuppressWarnings("unchecked")
        public List<Integer> emit(String stream, List<Object> tuple, Object messageId) {
            Emitted chunk = new Emitted(messageId, (Chunk<SourceRecord>) tuple.get(0));
            emitted.add(chunk);
            unanswered.add(chunk);
            return List.of();
        }

        @Override
        public void emitDirect(int task, String stream, List<Object> tuple, Object messageId) {
            throw new UnsupportedOperationException("the spout emits to nobody directly");
        }

        @Override
        public long getPendingCount() {
            return unanswered.size();
        }

        @Override
        public void flush() {}

        @Override
        public void reportError(Throwable error) {
            reported.add(error);
        }
    }
}
