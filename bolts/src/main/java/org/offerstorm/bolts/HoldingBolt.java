package org.offerstorm.bolts;

import java.time.Clock;
import java.time.InstantSource;
import java.util.Map;
import org.apache.storm.Config;
import org.apache.storm.task.OutputCollector;
import org.apache.storm.task.TopologyContext;
import org.apache.storm.topology.OutputFieldsDeclarer;
import org.apache.storm.topology.base.BaseRichBolt;
import org.apache.storm.tuple.Fields;
import org.apache.storm.tuple.Tuple;
import org.apache.storm.utils.TupleUtils;
import org.offerstorm.core.TopologyNames;
import org.offerstorm.core.model.Chunk;
import org.offerstorm.core.sink.HoldCause;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A bolt that acks a chunk when its attempt is done, and otherwise holds it. Nothing is failed for an outage, so nothing
 * is replayed; {@code fail} is left to Storm, for tuples that were lost.
 */
abstract class HoldingBolt extends BaseRichBolt {
    private static final int TICK_SECONDS = 1;
    private static final int MOST_UNCONFIRMED = 8;
    /** The machine's; can be serialized. */
    static final InstantSource SYSTEM_CLOCK = Clock.systemUTC();

    private final InstantSource clock;

    private transient Hold<Tuple> hold;
    private transient OutputCollector collector;
    private transient ChunkLog lines;

    /** @param clock travels in the serialized topology */
    HoldingBolt(InstantSource clock) {
        this.clock = clock;
    }

    /** Opens what the bolt needs; called once, before any chunk. */
    abstract void open(TopologyContext context);

    /** The work to be done for a chunk. Attempts run one after the other, in the order of arrival. */
    abstract Hold.Attempt attempt(Chunk<?> chunk, Tuple anchor, OutputCollector collector);

    /** Once a second, before held chunks are tried again. */
    void tick() {}

    @Override
    public final void prepare(Map<String, Object> conf, TopologyContext context, OutputCollector out) {
        collector = out;
        lines = new ChunkLog(conf, context);
        Logger log = LoggerFactory.getLogger(getClass());
        int tasks = context.getComponentTasks(context.getThisComponentId()).size();
        hold = new Hold<>(context.getThisComponentId(), clock, log, mostUnconfirmed(conf, tasks), out::ack);
        context.registerGauge(TopologyNames.METRIC_HELD, () -> hold.size());
        context.registerGauge(TopologyNames.METRIC_PROBLEM, () -> hold.problem());
        context.registerGauge(TopologyNames.METRIC_CAUSE, () -> {
            HoldCause cause = hold.cause();
            return cause == null ? null : cause.code();
        });
        open(context);
    }

    /** At most half of what a spout task has under way may wait in all tasks together, or nothing would come to wake them. */
    private static int mostUnconfirmed(Map<String, Object> conf, int tasks) {
        Number pending = (Number) conf.get(Config.TOPOLOGY_MAX_SPOUT_PENDING);
        return pending == null ? MOST_UNCONFIRMED : Math.min(MOST_UNCONFIRMED, pending.intValue() / tasks / 2);
    }

    @Override
    public final void execute(Tuple tuple) {
        if (TupleUtils.isTick(tuple)) {
            tick();
            hold.tick(collector::resetTimeout);
            collector.ack(tuple);
            return;
        }
        Chunk<?> chunk = (Chunk<?>) tuple.getValue(0);
        lines.begin(chunk.header());
        try {
            hold.offer(tuple, lines.around(chunk.header(), attempt(chunk, tuple, collector)));
        } finally {
            lines.end();
        }
    }

    @Override
    public final Map<String, Object> getComponentConfiguration() {
        return Map.of(Config.TOPOLOGY_TICK_TUPLE_FREQ_SECS, TICK_SECONDS);
    }

    @Override
    public void declareOutputFields(OutputFieldsDeclarer declarer) {
        declarer.declare(new Fields(TopologyNames.CHUNK));
    }
}
