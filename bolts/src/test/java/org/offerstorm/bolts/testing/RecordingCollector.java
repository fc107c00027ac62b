package org.offerstorm.bolts.testing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.storm.task.IOutputCollector;
import org.apache.storm.tuple.Tuple;

/** Keeps what a single bolt does to its tuples; for tests that need no topology. */
public final class RecordingCollector implements IOutputCollector {
    /** One emitted tuple. */
    public record Emitted(String stream, List<Tuple> anchors, List<Object> values) {}

    public final List<Emitted> emitted = new ArrayList<>();
    public final List<Tuple> acked = new ArrayList<>();
    public final List<Tuple> failed = new ArrayList<>();
    public final List<Tuple> keptAlive = new ArrayList<>();
    public final List<Throwable> errors = new ArrayList<>();

    @Override
    public List<Integer> emit(String stream, Collection<Tuple> anchors, List<Object> values) {
        emitted.add(new Emitted(stream, anchors == null ? List.of() : List.copyOf(anchors), values));
        return List.of();
    }

    @Override
    public void emitDirect(int task, String stream, Collection<Tuple> anchors, List<Object> values) {
        emit(stream, anchors, values);
    }

    @Override
    public void ack(Tuple tuple) {
        acked.add(tuple);
    }

    @Override
    public void fail(Tuple tuple) {
        failed.add(tuple);
    }

    @Override
    public void resetTimeout(Tuple tuple) {
        keptAlive.add(tuple);
    }

    @Override
    public void flush() {}

    @Override
    public void reportError(Throwable error) {
        errors.add(error);
    }
}
