package org.offerstorm.topology.operate;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.storm.generated.ExecutorSummary;
import org.apache.storm.generated.TopologySummary;
import org.offerstorm.core.check.Failure;
import org.offerstorm.tools.figures.FiguresPort;
import org.offerstorm.tools.targets.ScrapeTarget;

/** Where the workers of a topology serve their figures, by what Nimbus knows. */
final class WorkerTargets {
    private WorkerTargets() {}

    /**
     * In the order of their addresses.
     *
     * @return nothing if there is no such topology
     * @throws Failure if the topology's workers serve none
     */
    static Optional<List<ScrapeTarget>> of(Nimbus nimbus, String name) {
        Optional<TopologySummary> summary = nimbus.find(name);
        if (summary.isEmpty()) {
            return Optional.empty();
        }
        String id = summary.get().get_id();
        int offset = RunningTopology.of(nimbus.conf(id)).portOffset();
        if (offset == 0) {
            throw Failure.difference("the workers of " + name
                    + " serve no figures, as topology.metrics-port-offset is 0; submit it with another");
        }
        TreeSet<Workers.Slot> slots = new TreeSet<>();
        for (ExecutorSummary executor : nimbus.info(id).get_executors()) {
            slots.add(new Workers.Slot(executor.get_host(), executor.get_port()));
        }
        return Optional.of(slots.stream()
                .map(slot -> ScrapeTarget.worker(slot.host(), FiguresPort.of(slot.port(), offset), name))
                .toList());
    }
}
