package org.offerstorm.bolts.testing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.storm.generated.Bolt;
import org.apache.storm.generated.ComponentCommon;
import org.apache.storm.generated.SpoutSpec;
import org.apache.storm.generated.StormTopology;
import org.apache.storm.metrics2.StormMetricRegistry;
import org.apache.storm.task.TopologyContext;
import org.apache.storm.tuple.Fields;
import org.apache.storm.utils.Utils;

/** Task numbers, fields and contexts of a topology, as one worker that holds all of it would see them. */
final class TopologyLayout {
    private static final int WORKER_PORT = 6700;

    final StormTopology topology;
    final Map<String, Object> conf;
    final Map<String, ComponentCommon> components = new TreeMap<>();
    private final Map<Integer, String> componentOfTask = new TreeMap<>();
    private final Map<String, List<Integer>> tasksOfComponent = new HashMap<>();
    private final Map<String, Map<String, Fields>> streams = new HashMap<>();
    private final StormMetricRegistry metrics = new StormMetricRegistry();

    TopologyLayout(StormTopology topology, Map<String, Object> topologyConf) {
        this.topology = topology;
        conf = new HashMap<>(Utils.readDefaultConfig());
        conf.putAll(topologyConf);
        conf.put("topology.disable.loadaware.messaging", true);
        for (Map.Entry<String, SpoutSpec> spout : topology.get_spouts().entrySet()) {
            components.put(spout.getKey(), spout.getValue().get_common());
        }
        for (Map.Entry<String, Bolt> bolt : topology.get_bolts().entrySet()) {
            components.put(bolt.getKey(), bolt.getValue().get_common());
        }
        int task = 1;
        for (Map.Entry<String, ComponentCommon> component : components.entrySet()) {
            List<Integer> tasks = new ArrayList<>();
            for (int i = 0; i < Math.max(1, component.getValue().get_parallelism_hint()); i++) {
                componentOfTask.put(task, component.getKey());
                tasks.add(task++);
            }
            tasksOfComponent.put(component.getKey(), tasks);
            Map<String, Fields> fields = new HashMap<>();
            component
                    .getValue()
                    .get_streams()
                    .forEach((stream, info) -> fields.put(stream, new Fields(info.get_output_fields())));
            streams.put(component.getKey(), fields);
        }
        // The system's own component, which sends ticks.
        streams.put(
                org.apache.storm.Constants.SYSTEM_COMPONENT_ID,
                Map.of(org.apache.storm.Constants.SYSTEM_TICK_STREAM_ID, new Fields("rate_secs")));
        componentOfTask.put(
                (int) org.apache.storm.Constants.SYSTEM_TASK_ID, org.apache.storm.Constants.SYSTEM_COMPONENT_ID);
    }

    List<Integer> tasks(String component) {
        return tasksOfComponent.get(component);
    }

    Fields fields(String component, String stream) {
        return streams.get(component).get(stream);
    }

    StormMetricRegistry metrics() {
        return metrics;
    }

    TopologyContext context(int task) {
        return new TopologyContext(
                topology,
                conf,
                componentOfTask,
                tasksOfComponent,
                streams,
                new HashMap<>(),
                "driver",
                "",
                "",
                task,
                WORKER_PORT,
                new ArrayList<>(componentOfTask.keySet()),
                new HashMap<>(),
                new HashMap<>(),
                new HashMap<>(),
                new HashMap<>(),
                new AtomicBoolean(false),
                metrics);
    }
}
