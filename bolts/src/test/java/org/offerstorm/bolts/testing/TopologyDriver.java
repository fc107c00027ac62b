package org.offerstorm.bolts.testing;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.apache.storm.Constants;
import org.apache.storm.daemon.GrouperFactory;
import org.apache.storm.generated.ComponentObject;
import org.apache.storm.generated.GlobalStreamId;
import org.apache.storm.generated.Grouping;
import org.apache.storm.generated.StormTopology;
import org.apache.storm.grouping.LoadAwareCustomStreamGrouping;
import org.apache.storm.serialization.KryoTupleDeserializer;
import org.apache.storm.serialization.KryoTupleSerializer;
import org.apache.storm.spout.ISpout;
import org.apache.storm.spout.ISpoutOutputCollector;
import org.apache.storm.spout.SpoutOutputCollector;
import org.apache.storm.task.IBolt;
import org.apache.storm.task.IOutputCollector;
import org.apache.storm.task.OutputCollector;
import org.apache.storm.task.TopologyContext;
import org.apache.storm.tuple.MessageId;
import org.apache.storm.tuple.Tuple;
import org.apache.storm.tuple.TupleImpl;
import org.apache.storm.tuple.Values;
import org.apache.storm.utils.Utils;

/**
 * Runs a StormTopology synchronously, in the caller's thread: components are deserialized as on a worker, every tuple
 * goes over every edge through Kryo, groupings are Storm's own, and the ack tree is real. No daemon, no time: ticks and
 * message time-outs happen when the test says so. A run takes milliseconds where a LocalCluster takes ten seconds.
 *
 * <p>Not thread-safe. A bolt's exception reaches the caller.
 */
public final class TopologyDriver implements AutoCloseable {
    private record Target(String component, LoadAwareCustomStreamGrouping grouping) {}

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Delivery(int task, byte[] tuple) {}

    private final TopologyLayout layout;
    private final Map<Integer, IBolt> bolts = new LinkedHashMap<>();
    private final Map<Integer, ISpout> spouts = new LinkedHashMap<>();
    private final Map<Integer, TopologyContext> contexts = new LinkedHashMap<>();
    private final Deque<Delivery> queue = new ArrayDeque<>();
    private final AckTree tree;
    private final KryoTupleSerializer serializer;
    private final KryoTupleDeserializer deserializer;
    private long emitted;
    private long acked;
    private long failed;
    private long bytesOverEdges;

    private TopologyDriver(StormTopology topology, Map<String, Object> conf) {
        layout = new TopologyLayout(topology, conf);
        tree = new AckTree(new Random(7), new AckTree.Listener() {
            @Override
            public void acked(AckTree.Root root) {
                acked++;
                spouts.get(root.spoutTask()).ack(root.messageId());
            }

            @Override
            public void failed(AckTree.Root root) {
                failed++;
                spouts.get(root.spoutTask()).fail(root.messageId());
            }
        });
        TopologyContext any = layout.context(1);
        serializer = new KryoTupleSerializer(layout.conf, any);
        deserializer = new KryoTupleDeserializer(layout.conf, any);
    }

    /**
     * Opens every component of the topology.
     *
     * @param conf the topology's configuration; Storm's defaults apply where it is silent
     */
    public static TopologyDriver start(StormTopology topology, Map<String, Object> conf) {
        TopologyDriver driver = new TopologyDriver(topology, conf);
        topology.get_bolts().forEach((name, bolt) -> driver.tasks(name)
                .forEach(task -> driver.openBolt(task, deserialize(bolt.get_bolt_object(), IBolt.class))));
        topology.get_spouts().forEach((name, spout) -> driver.tasks(name)
                .forEach(task -> driver.openSpout(task, deserialize(spout.get_spout_object(), ISpout.class))));
        return driver;
    }

    /** Asks the spouts for tuples and lets them flow, until neither is left. */
    public void run() {
        long before;
        do {
            before = emitted;
            for (ISpout spout : spouts.values()) {
                spout.nextTuple();
                deliver();
            }
        } while (emitted != before);
    }

    /**
     * Like {@link #run()}, for spouts that read in the background: until the condition holds.
     *
     * @throws IllegalStateException if it does not within about {@code seconds}
     */
    public void runUntil(BooleanSupplier condition, int seconds) throws InterruptedException {
        long deadline = System.nanoTime() + seconds * 1_000_000_000L;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("not reached within " + seconds + " s: " + this);
            }
            run();
            Thread.sleep(5);
        }
    }

    /** Sends a tick tuple to every bolt that asked for ticks. */
    public void tick() {
        for (Map.Entry<Integer, IBolt> bolt : bolts.entrySet()) {
            TopologyContext context = contexts.get(bolt.getKey());
            String json = layout.components.get(context.getThisComponentId()).get_json_conf();
            if (json != null && json.contains("topology.tick.tuple.freq.secs")) {
                bolt.getValue()
                        .execute(new TupleImpl(
                                context,
                                new Values(1),
                                Constants.SYSTEM_COMPONENT_ID,
                                (int) Constants.SYSTEM_TASK_ID,
                                Constants.SYSTEM_TICK_STREAM_ID));
                deliver();
            }
        }
    }

    /** Storm's message time-out for everything in flight: the spouts see fail. */
    public void expire() {
        tree.expireAll();
    }

    /** Storm's message time-out for what is in flight and was not kept alive since the last call. */
    public void expireForgotten() {
        tree.expireForgotten();
    }

    /** Deactivates the spouts, as Storm does when the topology is deactivated. */
    public void deactivate() {
        spouts.values().forEach(ISpout::deactivate);
    }

    /** Spout tuples not yet acked or failed. */
    public int pending() {
        return tree.pending();
    }

    public long acked() {
        return acked;
    }

    public long failed() {
        return failed;
    }

    /** Tuples' serialized sizes over all edges, bytes. */
    public long bytesOverEdges() {
        return bytesOverEdges;
    }

    /** Value of a counter that a component registered, summed over its tasks. */
    public long counter(String component, String name) {
        return tasks(component).stream()
                .mapToLong(task -> layout.metrics().getTaskCounters(task).entrySet().stream()
                        .filter(entry ->
                                entry.getKey().equals(name) || entry.getKey().endsWith("." + name))
                        .mapToLong(entry -> entry.getValue().getCount())
                        .sum())
                .sum();
    }

    /** Values of a gauge that a component registered, one for each of its tasks. */
    public List<Object> gauge(String component, String name) {
        List<Object> values = new ArrayList<>();
        for (int task : tasks(component)) {
            layout.metrics().getTaskGauges(task).forEach((full, gauge) -> {
                if (full.equals(name) || full.endsWith("." + name)) {
                    values.add(gauge.getValue());
                }
            });
        }
        return values;
    }

    /** Closes spouts, then bolts. */
    @Override
    public void close() {
        spouts.values().forEach(ISpout::close);
        bolts.values().forEach(IBolt::cleanup);
    }

    @Override
    public String toString() {
        return "emitted " + emitted + ", acked " + acked + ", failed " + failed + ", pending " + pending();
    }

    private List<Integer> tasks(String component) {
        return layout.tasks(component);
    }

    private void openBolt(int task, IBolt bolt) {
        TopologyContext context = layout.context(task);
        bolts.put(task, bolt);
        contexts.put(task, context);
        bolt.prepare(layout.conf, context, new OutputCollector(new BoltCollector(context, targets(context))));
    }

    private void openSpout(int task, ISpout spout) {
        TopologyContext context = layout.context(task);
        spouts.put(task, spout);
        contexts.put(task, context);
        spout.open(layout.conf, context, new SpoutOutputCollector(new SpoutCollector(context, targets(context))));
        spout.activate();
    }

    /** Stream of a component -> those who listen to it. */
    private Map<String, List<Target>> targets(TopologyContext context) {
        Map<String, List<Target>> result = new LinkedHashMap<>();
        String source = context.getThisComponentId();
        layout.components.forEach((name, component) -> {
            for (Map.Entry<GlobalStreamId, Grouping> input :
                    component.get_inputs().entrySet()) {
                GlobalStreamId stream = input.getKey();
                if (stream.get_componentId().equals(source)) {
                    LoadAwareCustomStreamGrouping grouping = GrouperFactory.mkGrouper(
                            context,
                            source,
                            stream.get_streamId(),
                            layout.fields(source, stream.get_streamId()),
                            input.getValue(),
                            tasks(name),
                            layout.conf);
                    result.computeIfAbsent(stream.get_streamId(), key -> new ArrayList<>())
                            .add(new Target(name, grouping));
                }
            }
        });
        return result;
    }

    private void deliver() {
        Delivery next;
        while ((next = queue.pollFirst()) != null) {
            bolts.get(next.task()).execute(deserializer.deserialize(next.tuple()));
        }
    }

    private List<Integer> receivers(Map<String, List<Target>> targets, int task, String stream, List<Object> values) {
        List<Integer> result = new ArrayList<>();
        for (Target target : targets.getOrDefault(stream, List.of())) {
            result.addAll(target.grouping().chooseTasks(task, values));
        }
        return result;
    }

    private void send(int receiver, TopologyContext from, String stream, List<Object> values, MessageId id) {
        byte[] bytes = serializer.serialize(
                new TupleImpl(from, values, from.getThisComponentId(), from.getThisTaskId(), stream, id));
        bytesOverEdges += bytes.length;
        queue.addLast(new Delivery(receiver, bytes));
    }

    private static <T> T deserialize(ComponentObject object, Class<T> type) {
        return type.cast(Utils.javaDeserialize(object.get_serialized_java(), java.io.Serializable.class));
    }

    private final class SpoutCollector implements ISpoutOutputCollector {
        private final TopologyContext context;
        private final Map<String, List<Target>> targets;

        SpoutCollector(TopologyContext context, Map<String, List<Target>> targets) {
            this.context = context;
            this.targets = targets;
        }

        @Override
        public List<Integer> emit(String stream, List<Object> values, Object messageId) {
            List<Integer> receivers = receivers(targets, context.getThisTaskId(), stream, values);
            emitted++;
            MessageId[] ids = messageId == null
                    ? new MessageId[0]
                    : tree.plant(new AckTree.Root(context.getThisTaskId(), messageId), receivers.size());
            for (int i = 0; i < receivers.size(); i++) {
                send(
                        receivers.get(i),
                        context,
                        stream,
                        values,
                        messageId == null ? MessageId.makeUnanchored() : ids[i]);
            }
            return receivers;
        }

        @Override
        public void emitDirect(int task, String stream, List<Object> values, Object messageId) {
            throw new IllegalStateException("direct streams are not used here");
        }

        @Override
        public long getPendingCount() {
            return tree.pending();
        }

        @Override
        public void flush() {}

        @Override
        public void reportError(Throwable error) {
            throw new IllegalStateException(context.getThisComponentId() + " reported an error", error);
        }
    }

    private final class BoltCollector implements IOutputCollector {
        private final TopologyContext context;
        private final Map<String, List<Target>> targets;

        BoltCollector(TopologyContext context, Map<String, List<Target>> targets) {
            this.context = context;
            this.targets = targets;
        }

        @Override
        public List<Integer> emit(String stream, Collection<Tuple> anchors, List<Object> values) {
            List<Integer> receivers = receivers(targets, context.getThisTaskId(), stream, values);
            for (Integer receiver : receivers) {
                send(
                        receiver,
                        context,
                        stream,
                        values,
                        anchors == null ? MessageId.makeUnanchored() : tree.grow(anchors));
            }
            return receivers;
        }

        @Override
        public void emitDirect(int task, String stream, Collection<Tuple> anchors, List<Object> values) {
            throw new IllegalStateException("direct streams are not used here");
        }

        @Override
        public void ack(Tuple tuple) {
            tree.ack(tuple);
        }

        @Override
        public void fail(Tuple tuple) {
            tree.fail(tuple);
        }

        @Override
        public void resetTimeout(Tuple tuple) {
            tree.resetTimeout(tuple);
        }

        @Override
        public void flush() {}

        @Override
        public void reportError(Throwable error) {
            throw new IllegalStateException(context.getThisComponentId() + " reported an error", error);
        }
    }
}
