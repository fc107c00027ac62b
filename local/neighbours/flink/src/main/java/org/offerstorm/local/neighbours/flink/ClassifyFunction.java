package org.offerstorm.local.neighbours.flink;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.offerstorm.core.model.Change;
import org.offerstorm.core.model.Upsert;
import org.offerstorm.core.place.Placement;

/** Gives every upsert its cell. */
final class ClassifyFunction extends RichMapFunction<Change, Change> {
    private static final long serialVersionUID = 1L;

    private transient Placement placement;

    @Override
    public void open(OpenContext context) {
        placement = FlinkJob.work().placement();
    }

    @Override
    public Change map(Change change) {
        return change instanceof Upsert upsert ? upsert.in(placement.cell(upsert.offer())) : change;
    }
}
