package org.offerstorm.bolts;

import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;
import org.apache.storm.Config;
import org.apache.storm.task.OutputCollector;
import org.apache.storm.task.TopologyContext;
import org.apache.storm.topology.OutputFieldsDeclarer;
import org.apache.storm.topology.base.BaseRichBolt;
import org.apache.storm.tuple.Tuple;
import org.apache.storm.utils.TupleUtils;
import org.offerstorm.core.TopologyNames;
import org.offerstorm.core.model.Chunk;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A bolt that acks a chunk when its attempt is done, and otherwise holds it. Nothing is failed for an outage, so nothing
 * is replayed; {@code fail} is left to Storm, for tuples that were lost.
 */
abstract class HoldingBolt extends BaseRichBolt {
    private static final int TICK_SECONDS = 1;
    /** Without a chunk for so long the executor has nothing to do, and may wait for what is under way. */
    private static final long IDLE_NANOS = 2_000_000;

    private static final long IDLE_WAIT_MILLIS = 50;

    private record UnderWay(Tuple tuple, Hold.Started attempt) {}

    private transient Hold<Tuple> hold;
    /** Chunks whose attempts go on on another thread. Acks in any order are right: the spout knows what each covers. */
    private transient Deque<UnderWay> underWay;

    private transient long busyUntil;

    private transient OutputCollector collector;

    /** Opens what the bolt needs; called once, before any chunk. */
    abstract void open(TopologyContext context, InstantSource clock);

    /** The work to be done for a chunk. Attempts run one after the other, in the order of arrival. */
    abstract Hold.Attempt attempt(Chunk<?> chunk, Tuple anchor, OutputCollector collector);

    /** Once a second, before held chunks are tried again. */
    void tick() {}

    @Override
    public final void prepare(Map<String, Object> conf, TopologyContext context, OutputCollector out) {
        collector = out;
        Logger log = LoggerFactory.getLogger(getClass());
        InstantSource clock = InstantSource.system();
        underWay = new ArrayDeque<>();
        hold = new Hold<>(context.getThisComponentId(), clock, log, out::ack);
        context.registerGauge(TopologyNames.METRIC_HELD, () -> hold.size());
        context.registerGauge(TopologyNames.METRIC_PROBLEM, () -> hold.problem());
        open(context, clock);
    }

    @Override
    public final void execute(Tuple tuple) {
        settle();
        if (TupleUtils.isTick(tuple)) {
            tick();
            hold.tick(collector::resetTimeout);
            underWay.forEach(each -> collector.resetTimeout(each.tuple()));
            collector.ack(tuple);
            return;
        }
        Chunk<?> chunk = (Chunk<?>) tuple.getValue(0);
        boolean idle = System.nanoTime() - busyUntil > IDLE_NANOS;
        Hold.Attempt attempt = attempt(chunk, tuple, collector);
        if (attempt instanceof Hold.Started started && !hold.isHolding() && !isDone(started, idle)) {
            underWay.add(new UnderWay(tuple, started));
        } else {
            hold.offer(tuple, attempt);
        }
        busyUntil = System.nanoTime();
    }

    /** When chunks come slowly, the ack need not wait for the next one, or for the next tick. */
    private static boolean isDone(Hold.Started attempt, boolean idle) {
        return idle ? attempt.isDoneWithin(IDLE_WAIT_MILLIS) : attempt.isDone();
    }

    /** Acks, or holds, the chunks whose attempts have ended. Only here, for the collector is the executor's. */
    private void settle() {
        for (Iterator<UnderWay> each = underWay.iterator(); each.hasNext(); ) {
            UnderWay next = each.next();
            if (next.attempt().isDone()) {
                each.remove();
                hold.offer(next.tuple(), next.attempt());
            }
        }
    }

    @Override
    public final Map<String, Object> getComponentConfiguration() {
        return Map.of(Config.TOPOLOGY_TICK_TUPLE_FREQ_SECS, TICK_SECONDS);
    }

    @Override
    public void declareOutputFields(OutputFieldsDeclarer declarer) {}
}
