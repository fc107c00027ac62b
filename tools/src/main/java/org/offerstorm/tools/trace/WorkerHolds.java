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
    /** Why none answered; null if one did, or none was asked. */
    private String silence;

    /** @param workers {@code HOST:PORT} of their figures; none: nothing is known */
    WorkerHolds(List<String> workers) {
        this.workers = List.copyOf(workers);
    }

    /** Of the component, else of any: what one step holds, those before it wait for. Also that no worker answers. */
    @Override
    public String cause(String component) {
        if (tasks == null) {
            ask();
        }
        if (silence != null) {
            return silence;
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

    private void ask() {
        List<FiguresClient.Answer> answers = workers.isEmpty() ? List.of() : new FiguresClient().ask(workers);
        tasks = answers.stream()
                .flatMap(answer -> answer.figures().stream())
                .flatMap(worker -> worker.tasks().stream())
                .toList();
        if (!answers.isEmpty()
                && answers.stream().allMatch(answer -> answer.figures().isEmpty())) {
            FiguresClient.Answer first = answers.get(0);
            silence = "no worker answers (" + PlainText.excerpt(first.address() + ": " + first.silence(), LONGEST)
                    + "); 'status' says whether the topology runs";
        }
    }
}
