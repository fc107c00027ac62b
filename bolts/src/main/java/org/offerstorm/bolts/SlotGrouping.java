package org.offerstorm.bolts;

import java.util.List;
import org.apache.storm.generated.GlobalStreamId;
import org.apache.storm.grouping.CustomStreamGrouping;
import org.apache.storm.task.WorkerTopologyContext;
import org.offerstorm.core.model.Chunk;

/** Sends slot s to task {@code s mod tasks}, so that a file writer knows in {@code prepare} which slots are its own. */
public final class SlotGrouping implements CustomStreamGrouping {
    private transient List<List<Integer>> targets;

    @Override
    public void prepare(WorkerTopologyContext context, GlobalStreamId stream, List<Integer> targetTasks) {
        targets = targetTasks.stream().sorted().map(List::of).toList();
    }

    @Override
    public List<Integer> chooseTasks(int taskId, List<Object> values) {
        int slot = ((Chunk<?>) values.get(0)).header().slot();
        return targets.get(slot % targets.size());
    }
}
