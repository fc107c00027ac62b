package org.offerstorm.tools.trace;

import java.util.List;
import org.offerstorm.core.TopologyNames;
import org.offerstorm.core.text.PlainText;
import org.offerstorm.tools.figures.FiguresClient;
import org.offerstorm.tools.figures.TaskFigures;

/** Why workers hold chunks, by their own figures. Asks them once, when that is wanted. One thread. */
final class WorkerHolds implements Judge.Holds {
    private static final int LONGEST = 300;

    private final List<String> workers;
    /** Null: not asked yet. */
    private List<TaskFigures> tasks;

    /** @param workers {@code HOST:PORT} of their figures; none: nothing is known */
    WorkerHolds(List<String> workers) {
        this.workers = List.copyOf(workers);
    }

    /** Of the component, else of any: what one step holds, those before it wait for. */
    @Override
    public String cause(String component) {
        if (tasks == null) {
            tasks = workers.isEmpty()
                    ? List.of()
                    : new FiguresClient()
                            .ask(workers).stream()
                                    .flatMap(answer -> answer.figures().stream())
                                    .flatMap(worker -> worker.tasks().stream())
                                    .toList();
        }
        return tasks.stream()
                .filter(task -> task.component().equals(component))
                .filter(task -> task.text(TopologyNames.METRIC_PROBLEM).isPresent())
                .findFirst()
                .or(() -> tasks.stream()
                        .filter(task -> task.text(TopologyNames.METRIC_PROBLEM).isPresent())
                        .findFirst())
                .map(task -> PlainText.of(task.component()) + " holds: "
                        + PlainText.excerpt(
                                task.text(TopologyNames.METRIC_PROBLEM).orElse(""), LONGEST))
                .orElse(null);
    }
}
