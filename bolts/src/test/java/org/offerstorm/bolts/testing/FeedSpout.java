package org.offerstorm.bolts.testing;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.storm.spout.SpoutOutputCollector;
import org.apache.storm.task.TopologyContext;
import org.apache.storm.topology.OutputFieldsDeclarer;
import org.apache.storm.topology.base.BaseRichSpout;
import org.apache.storm.tuple.Fields;
import org.apache.storm.tuple.Values;
import org.offerstorm.core.TopologyNames;
import org.offerstorm.core.model.Chunk;
import org.offerstorm.core.model.SourceRecord;

/**
 * Emits the chunks that a test puts into its feed, and emits a failed one again. The feed is found by name, since the
 * spout itself is serialized into the topology. One task.
 */
public final class FeedSpout extends BaseRichSpout {
    private static final Map<String, Deque<Chunk<SourceRecord>>> FEEDS = new ConcurrentHashMap<>();

    private final String feed;
    private transient SpoutOutputCollector collector;
    private transient Map<Long, Chunk<SourceRecord>> pending;
    private transient long next;

    /** @param feed name of the feed, of the test's own choice */
    public FeedSpout(String feed) {
        this.feed = feed;
    }

    /** The chunks that the spouts of that feed have still to emit. */
    public static Deque<Chunk<SourceRecord>> feed(String name) {
        return FEEDS.computeIfAbsent(name, key -> new ArrayDeque<>());
    }

    @Override
    public void open(Map<String, Object> conf, TopologyContext context, SpoutOutputCollector out) {
        collector = out;
        pending = new LinkedHashMap<>();
    }

    @Override
    public void nextTuple() {
        Chunk<SourceRecord> chunk = feed(feed).pollFirst();
        if (chunk != null) {
            long id = next++;
            pending.put(id, chunk);
            collector.emit(new Values(chunk), id);
        }
    }

    @Override
    public void ack(Object messageId) {
        pending.remove((Long) messageId);
    }

    @Override
    public void fail(Object messageId) {
        feed(feed).addFirst(pending.remove((Long) messageId));
    }

    @Override
    public void declareOutputFields(OutputFieldsDeclarer declarer) {
        declarer.declare(new Fields(TopologyNames.CHUNK));
    }
}
