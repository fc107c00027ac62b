package org.offerstorm.topology.operate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.storm.generated.ComponentCommon;
import org.apache.storm.generated.GlobalStreamId;
import org.apache.storm.generated.Grouping;
import org.apache.storm.generated.StormTopology;
import org.offerstorm.core.TopologyNames;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.core.config.TopologyConfig;
import org.offerstorm.core.mapping.DataSet;
import org.offerstorm.core.mapping.Mapping;
import org.offerstorm.core.mapping.StandardField;
import org.offerstorm.core.sink.SinkKind;
import org.offerstorm.sinks.Sinks;
import org.offerstorm.spouts.SpoutTuning;
import org.offerstorm.tools.config.ResolvedConfig;
import org.offerstorm.tools.mapping.DataSets;
import org.offerstorm.tools.report.Columns;
import org.offerstorm.topology.wiring.OffersTopology;

/** What a submission would put on a cluster; connects to nothing. */
public final class Plan {
    private static final List<String> ORDER = Stream.of(
                    Stream.of(TopologyNames.OFFER_SPOUT, TopologyNames.PARSE, TopologyNames.CONTINENT),
                    Sinks.ALL.stream().map(SinkKind::component),
                    Stream.of(TopologyNames.EXPIRER))
            .flatMap(names -> names)
            .toList();
    /** Size of a parsed chunk compared with its raw bytes; see topology.worker-heap. */
    private static final int PARSED = 4;

    private static final int BUFFER_MIB = SpoutTuning.BUFFER_BYTES >> 20;

    private final ResolvedConfig resolved;
    private final OfferstormConfig config;
    private final DataSet data;
    private final StormTopology topology;

    /** @throws org.offerstorm.core.check.Failure for what a submission would refuse too: no readable professions */
    public Plan(ResolvedConfig resolved) {
        this.resolved = resolved;
        this.config = resolved.config();
        data = DataSets.of(config);
        topology = OffersTopology.build(config, data);
    }

    /** For people; lines with a line feed each. Secrets are hidden. */
    public String text() {
        TopologyConfig tasks = config.topology();
        StringBuilder text = new StringBuilder();
        text.append("Topology ")
                .append(tasks.name())
                .append(": topic ")
                .append(config.source().topic());
        text.append(" (group ").append(config.source().group()).append(", epoch ");
        text.append(config.source().epoch()).append(")\n");
        text.append(mapping(data.mapping())).append('\n');
        text.append(graph()).append('\n');
        text.append(tasks.parseTasks()).append(tasks.parseTasks() == 1 ? " task" : " tasks");
        text.append(" of parse and of continent, ")
                .append(resolved.reasonForParseTasks())
                .append(".\n");
        text.append(tasks.workers()).append(tasks.workers() == 1 ? " worker" : " workers");
        text.append(" with a heap of ").append(tasks.workerHeap() >> 20).append(" MiB and about 250 MiB besides; ");
        text.append(OffersTopology.executors(config)).append(" executors in all.\n");
        text.append(memory()).append('\n').append('\n');
        text.append(guarantees()).append('\n');
        resolved.warnings(false)
                .forEach(warning -> text.append("warning: ").append(warning).append('\n'));
        return text.append(resolved.show()).toString();
    }

    /** Nothing for offers that need none. */
    private String mapping(Mapping mapping) {
        if (mapping == null) {
            return "";
        }
        String offer =
                mapping.offer().keySet().stream().map(StandardField::code).collect(Collectors.joining(", "));
        String fields = data.fields().stream()
                .map(field -> field.name() + " (" + field.type().code() + (field.facet() ? ", facet)" : ")"))
                .collect(Collectors.joining(", "));
        int categories = mapping.categories().size();
        return "Mapping " + config.source().mapping() + ": the id is "
                + (mapping.keyIsId() ? "the record's key" : "in the value")
                + "\n  offer       " + offer
                + "\n  fields      " + (fields.isEmpty() ? "none" : fields)
                + "\n  categories  " + categories + " of the mapping, "
                + data.professions().categories().size() + " with those of the professions"
                + "\n";
    }

    private Columns graph() {
        Columns table = new Columns("component", "tasks", "executors", "takes from");
        Map<String, ComponentCommon> components = new TreeMap<>();
        topology.get_spouts().forEach((id, spout) -> components.put(id, spout.get_common()));
        topology.get_bolts().forEach((id, bolt) -> components.put(id, bolt.get_common()));
        for (String id : ORDER) {
            ComponentCommon component = components.get(id);
            if (component != null) {
                int executors = component.get_parallelism_hint();
                table.row(id, executors, executors, inputs(id, component, executors));
            }
        }
        table.row("acker", config.topology().workers(), config.topology().workers(), "all");
        return table.left();
    }

    private String inputs(String id, ComponentCommon component, int tasks) {
        if (id.equals(TopologyNames.OFFER_SPOUT)) {
            return "partition p of " + config.source().topic() + " -> task p mod " + tasks;
        }
        if (id.equals(TopologyNames.EXPIRER)) {
            return "nothing: looks once a minute for offers that are due";
        }
        List<String> inputs = new ArrayList<>();
        for (Map.Entry<GlobalStreamId, Grouping> input : component.get_inputs().entrySet()) {
            String how =
                    switch (input.getValue().getSetField()) {
                        case LOCAL_OR_SHUFFLE -> ", of the same worker if it can";
                        case CUSTOM_SERIALIZED, CUSTOM_OBJECT -> ", slot s -> task s mod " + tasks;
                        default -> "";
                    };
            inputs.add(input.getKey().get_componentId() + how);
        }
        return String.join("; ", inputs);
    }

    private String memory() {
        TopologyConfig tasks = config.topology();
        long inFlight = (long) tasks.spoutTasks() * tasks.maxSpoutPending();
        long need = inFlight * (1 + PARSED) + (long) tasks.spoutTasks() * BUFFER_MIB;
        long heap = (tasks.workerHeap() >> 20) * tasks.workers();
        return "In flight at most " + inFlight
                + " chunks of 1 MiB: with what parsing makes of them and the spout's buffers " + need + " MiB"
                + (need > heap * 3 / 4 ? "; warning: the heap is too small for that" : "") + ".";
    }

    private Columns guarantees() {
        Columns table = new Columns("sink", "a chunk is acked when", "after a crash, a replay or an outage");
        for (SinkKind<?> sink : config.sinks()) {
            table.row(sink.name(), sink.guarantee().acked(), sink.guarantee().after());
        }
        table.row(
                "dead letters", "all replicas have it", "each refused record whole; replays collapse by its position");
        return table.left();
    }
}
