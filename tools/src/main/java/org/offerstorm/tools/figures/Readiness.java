package org.offerstorm.tools.figures;

import java.util.ArrayList;
import java.util.List;
import org.offerstorm.core.TopologyNames;
import org.offerstorm.spouts.SpoutMetrics;

/** Whether the tasks of a worker do their work. */
final class Readiness {
    private Readiness() {}

    /** Why they do not, a line each; empty if all do. */
    static List<String> problems(List<TaskFigures> tasks) {
        List<String> problems = new ArrayList<>();
        if (tasks.isEmpty()) {
            problems.add("no task has started");
        }
        for (TaskFigures task : tasks) {
            String name = task.component() + " task " + task.task();
            boolean isSpout = task.component().equals(TopologyNames.OFFER_SPOUT);
            String why = task.text(isSpout ? SpoutMetrics.HOLD : TopologyNames.METRIC_PROBLEM)
                    .or(() -> task.text(TopologyNames.METRIC_CAUSE))
                    .orElse(null);
            if (why != null) {
                problems.add(name + " holds: " + why);
            } else if (isSpout && task.number(SpoutMetrics.PLACED) == 0) {
                problems.add(name + " has not found its place in the topic");
            }
        }
        return problems;
    }
}
