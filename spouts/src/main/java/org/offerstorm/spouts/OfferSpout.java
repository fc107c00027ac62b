package org.offerstorm.spouts;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.storm.Config;
import org.apache.storm.kafka.spout.KafkaSpoutConfig;
import org.apache.storm.kafka.spout.TopicPartitionComparator;
import org.apache.storm.spout.SpoutOutputCollector;
import org.apache.storm.task.TopologyContext;
import org.apache.storm.topology.OutputFieldsDeclarer;
import org.apache.storm.topology.base.BaseRichSpout;
import org.apache.storm.tuple.Fields;
import org.apache.storm.tuple.Values;
import org.offerstorm.core.TopologyNames;
import org.offerstorm.core.config.SourceConfig;
import org.offerstorm.core.model.Chunk;
import org.offerstorm.core.model.ChunkHeader;
import org.offerstorm.core.model.SourceRecord;
import org.offerstorm.core.sink.CoverageReader;
import org.offerstorm.core.sink.DeadLetters;
import org.offerstorm.core.sink.HoldCause;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Reads the topic of offers and emits {@code Chunk<SourceRecord>}. One task is one slot and reads the partitions p with
 * {@code p mod tasks} = its index. Built over the stock spout's configuration (topic filter, partitioner, properties);
 * the stock spout itself emits a tuple per record and dies of a broker outage.
 *
 * <p>Storm calls it on the executor thread; a separate thread talks to Kafka ({@link Poller}, run by a {@link SpoutHost}), so no outage reaches
 * {@code nextTuple}. Delivery is at least once: the committed offset never passes a record that is not acked.
 *
 * <p>When the topology is deactivated it stops reading, and once all is acked emits an empty chunk flagged "drain".
 */
public final class OfferSpout extends BaseRichSpout {
    private static final long serialVersionUID = 1;
    private static final Logger LOG = LoggerFactory.getLogger(OfferSpout.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

    private final SourceConfig source;
    private final SpoutTuning tuning;
    private final Map<String, CoverageReader.Factory> coverage;
    private final DeadLetters.Factory deadLetters;
    private final KafkaSpoutConfig<byte[], byte[]> kafka;
    private final SpoutHost host;

    private transient SpoutOutputCollector collector;
    private transient int slotIndex;
    private transient int slots;
    private transient Slot slot;
    private transient InFlight inFlight;
    private transient SpoutMetrics metrics;
    private transient Poller poller;
    private transient SpoutHost.Started polling;
    private transient boolean active;
    private transient boolean drained;
    private transient String reportedHold;
    /** As {@link SpoutMetrics} reports them; written by the executor, read by reporters. */
    private transient volatile boolean drainAcked;

    private transient volatile long durableAt;

    /**
     * @param source secrets in its properties are still references; they are resolved on the worker
     * @param coverage asked each second what the stores hold, by the store's name; empty if no sink can lose what it acked
     * @param deadLetters takes one letter for each gap in the log; null: gaps are only logged and counted
     * @throws IllegalArgumentException if a Kafka property would break a guarantee
     */
    public OfferSpout(
            SourceConfig source,
            SpoutTuning tuning,
            Map<String, CoverageReader.Factory> coverage,
            DeadLetters.Factory deadLetters) {
        this(source, tuning, coverage, deadLetters, SpoutHost.JVM);
    }

    /** The same in other surroundings. */
    public OfferSpout(
            SourceConfig source,
            SpoutTuning tuning,
            Map<String, CoverageReader.Factory> coverage,
            DeadLetters.Factory deadLetters,
            SpoutHost host) {
        this.source = source;
        this.tuning = tuning;
        this.coverage = Map.copyOf(coverage);
        this.deadLetters = deadLetters;
        this.kafka = KafkaSettings.spoutConfig(source);
        this.host = host;
    }

    @Override
    public void declareOutputFields(OutputFieldsDeclarer declarer) {
        declarer.declare(new Fields(TopologyNames.CHUNK));
    }

    /** Starts the poller; does not connect itself. */
    @Override
    public void open(Map<String, Object> conf, TopologyContext context, SpoutOutputCollector output) {
        // Fields of every line that this thread and the poller log.
        MDC.put(TopologyNames.LOG_TOPOLOGY, String.valueOf(conf.get(Config.TOPOLOGY_NAME)));
        MDC.put(TopologyNames.LOG_COMPONENT, context.getThisComponentId());
        MDC.put(TopologyNames.LOG_TASK, Integer.toString(context.getThisTaskId()));
        collector = output;
        slotIndex = context.getThisTaskIndex();
        slots = context.getComponentTasks(context.getThisComponentId()).size();
        slot = new Slot();
        inFlight = new InFlight();
        metrics = new SpoutMetrics(context);
        active = true;
        LongSupplier nanos = host::nanoTime;
        LogOnce log = new LogOnce(LOG, nanos);
        String clientId = "offerstorm-" + source.group() + "-" + slotIndex;
        poller = new Poller(
                source,
                tuning,
                Duration.ofMillis(kafka.getPollTimeoutMs()),
                slot,
                () -> new KafkaSession(
                        host,
                        source.topic(),
                        source.epoch(),
                        ConsumerProperties.resolved(kafka.getKafkaProps(), clientId)),
                consumer -> partitions(consumer, context),
                StoreCoverage.of(coverage, log),
                new GapReporter(deadLetters == null ? null : deadLetters.create(), log),
                metrics,
                nanos,
                () -> Instant.ofEpochMilli(host.currentTimeMillis()),
                log);
        metrics.gauge(
                SpoutMetrics.LAG,
                () -> poller.lag().values().stream().mapToLong(Long::longValue).sum());
        metrics.numbers(SpoutMetrics.PARTITION_LAG, poller::lag);
        metrics.numbers(SpoutMetrics.UNSETTLED, () -> slot.unsettledMillis(host.currentTimeMillis()));
        metrics.gauge(SpoutMetrics.PLACED, () -> slot.source().isPresent() ? 1 : 0);
        metrics.text(
                TopologyNames.METRIC_CAUSE,
                () -> poller.cause().map(HoldCause::code).orElse(null));
        metrics.deadLetters();
        metrics.gauge(SpoutMetrics.IN_FLIGHT, inFlight::size);
        metrics.gauge(SpoutMetrics.BUFFERED, slot::bufferedBytes);
        metrics.gauge(SpoutMetrics.FLOOR, () -> slot.progress().values().stream()
                .mapToLong(Slot.Progress::floor)
                .sum());
        metrics.gauge(SpoutMetrics.HOLDING, () -> poller.hold().isPresent() ? 1 : 0);
        metrics.gauge(SpoutMetrics.PARTITIONS, () -> slot.progress().size());
        metrics.gauge(SpoutMetrics.DRAINED, () -> drainAcked ? 1 : 0);
        metrics.gauge(SpoutMetrics.DURABLE_AT, () -> durableAt);
        metrics.text(SpoutMetrics.HOLD, () -> poller.hold().orElse(null));
        polling = host.start(clientId + "-poller", poller);
    }

    /** Why the spout emits nothing, for people; nothing while it works. Any thread, after {@code open}. */
    public Optional<String> hold() {
        return poller.hold();
    }

    @Override
    public void activate() {
        active = true;
        drained = false;
        drainAcked = false;
        poller.read(true);
    }

    /** Stops reading; Storm calls {@code nextTuple} no more, but still {@code ack} and {@code fail}. */
    @Override
    public void deactivate() {
        active = false;
        poller.read(false);
        emitAllLost();
        drainWhenIdle();
    }

    @Override
    public void nextTuple() {
        reportTrouble();
        if (inFlight.size() >= tuning.maxPending() || emitLost()) {
            return;
        }
        slot.cut(tuning.chunkRecords(), tuning.chunkBytes()).ifPresent(cut -> {
            metrics.chunks.inc();
            metrics.records.inc(cut.records().size());
            emit(inFlight.add(cut));
        });
    }

    @Override
    public void ack(Object messageId) {
        inFlight.remove(messageId).ifPresent(cut -> {
            slot.ack(cut);
            if (cut.drain()) {
                poller.commitSoon();
                drainAcked = !active;
            } else {
                durableAt = host.currentTimeMillis();
            }
        });
        drainWhenIdle();
    }

    /** The chunk was lost on its way; no outage of a sink ends here. */
    @Override
    public void fail(Object messageId) {
        inFlight.remove(messageId)
                .filter(slot::isCurrent)
                .ifPresent(cut -> inFlight.lose(new InFlight.Entry((Long) messageId, cut)));
        if (!active) {
            emitAllLost();
            drainWhenIdle();
        }
    }

    /** Commits what is acked. If the broker is unavailable, that fails and costs a replay at the next start. */
    @Override
    public void close() {
        if (poller == null) {
            return;
        }
        if (!polling.stop(CLOSE_TIMEOUT)) {
            LOG.warn("The poller of {} does not end; its last commit is lost", source.topic());
        }
    }

    /** Storm asks an inactive spout for no tuple, so what is lost goes out at once. */
    private void emitAllLost() {
        while (emitLost()) {}
    }

    private boolean emitLost() {
        for (Optional<InFlight.Entry> lost = inFlight.nextLost(); lost.isPresent(); lost = inFlight.nextLost()) {
            if (slot.isCurrent(lost.get().cut())) {
                inFlight.put(lost.get());
                metrics.replayed.inc();
                emit(lost.get());
                return true;
            }
        }
        return false;
    }

    private void drainWhenIdle() {
        if (!active && !drained && inFlight.isIdle()) {
            drained = true;
            // While the spout holds, nothing was read that could be drained.
            slot.drain().ifPresentOrElse(cut -> emit(inFlight.add(cut)), () -> drainAcked = true);
        }
    }

    private void emit(InFlight.Entry entry) {
        Cut cut = entry.cut();
        ChunkHeader header =
                new ChunkHeader(cut.source(), slotIndex, slots, cut.ranges(), slot.floors(), slot.acked(), cut.drain());
        collector.emit(new Values(new Chunk<SourceRecord>(header, cut.records())), entry.id());
    }

    private void reportTrouble() {
        Throwable failure = poller.failure().orElse(null);
        if (failure != null) {
            throw new IllegalStateException("the poller of topic " + source.topic() + " ended", failure);
        }
        String hold = poller.hold().orElse(null);
        if (hold != null && !hold.equals(reportedHold)) {
            collector.reportError(new IllegalStateException("Holding: " + hold));
        }
        reportedHold = hold;
    }

    private Set<TopicPartition> partitions(Consumer<?, ?> consumer, TopologyContext context) {
        List<TopicPartition> all = new ArrayList<>(kafka.getTopicFilter().getAllSubscribedPartitions(consumer));
        all.sort(TopicPartitionComparator.INSTANCE);
        return kafka.getTopicPartitioner().getPartitionsForThisTask(all, context);
    }
}
