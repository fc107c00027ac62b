package org.offerstorm.bolts;

import com.codahale.metrics.Counter;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import org.apache.storm.Config;
import org.apache.storm.task.OutputCollector;
import org.apache.storm.task.TopologyContext;
import org.apache.storm.topology.OutputFieldsDeclarer;
import org.apache.storm.topology.base.BaseRichBolt;
import org.apache.storm.tuple.Tuple;
import org.apache.storm.utils.TupleUtils;
import org.offerstorm.core.TopologyNames;
import org.offerstorm.sinks.expiry.Expiry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Withdraws offers whose time has passed, once a minute. No chunk comes here: an outage delays what is due, and nothing
 * else.
 */
public final class ExpiryBolt extends BaseRichBolt {
    /** Ticks of a second between two looks at what is due. */
    static final int PERIOD_TICKS = 60;

    private static final int LOG_EVERY_FAILURES = 30;
    private static final Logger LOG = LoggerFactory.getLogger(ExpiryBolt.class);

    private final Expiry.Factory factory;

    private transient Expiry expiry;
    private transient OutputCollector collector;
    private transient Counter expired;
    private transient int ticksToRound;
    private transient String lastProblem;
    private transient int failures;

    public ExpiryBolt(Expiry.Factory factory) {
        this.factory = Objects.requireNonNull(factory, "factory");
    }

    @Override
    public void prepare(Map<String, Object> conf, TopologyContext context, OutputCollector out) {
        collector = out;
        expiry = factory.create();
        expired = context.registerCounter(TopologyNames.METRIC_EXPIRED);
        ticksToRound = PERIOD_TICKS;
    }

    @Override
    public void execute(Tuple tuple) {
        if (TupleUtils.isTick(tuple) && --ticksToRound <= 0) {
            ticksToRound = round() ? 1 : PERIOD_TICKS;
        }
        collector.ack(tuple);
    }

    @Override
    public Map<String, Object> getComponentConfiguration() {
        return Map.of(Config.TOPOLOGY_TICK_TUPLE_FREQ_SECS, 1);
    }

    @Override
    public void declareOutputFields(OutputFieldsDeclarer declarer) {}

    @Override
    public void cleanup() {
        expiry.close();
    }

    /** Whether there is more to do at once. */
    private boolean round() {
        try {
            Expiry.Round round = expiry.round();
            expired.inc(round.expired());
            if (failures > 0) {
                LOG.info("{} continues", TopologyNames.EXPIRER);
            }
            failures = 0;
            lastProblem = null;
            return round.more();
        } catch (IOException | RuntimeException e) { // nothing here may end the worker, which has a stream to serve
            String problem = e.getMessage() == null ? e.toString() : e.getMessage();
            if (!problem.equals(lastProblem) || failures % LOG_EVERY_FAILURES == 0) {
                LOG.warn("{} waits: {}; trying again every {} s", TopologyNames.EXPIRER, problem, PERIOD_TICKS, e);
            }
            failures++;
            lastProblem = problem;
            return false;
        }
    }
}
