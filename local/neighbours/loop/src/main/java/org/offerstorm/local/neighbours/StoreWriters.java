package org.offerstorm.local.neighbours;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.core.sink.Sink;
import org.offerstorm.core.sink.SinkContext;
import org.offerstorm.core.sink.SinkKind;
import org.offerstorm.sinks.redis.Redis;

/**
 * The sinks of one process: of each kind as many as threads parse, each with its own connection, file and thread, so that
 * none waits for another's answers. Kinds that can only be one are one. For any thread.
 */
final class StoreWriters {
    private final List<SinkKind<?>> kinds;
    private final List<List<StoreWriter>> writers = new ArrayList<>();

    private StoreWriters(List<SinkKind<?>> kinds) {
        this.kinds = List.copyOf(kinds);
    }

    /** @param slots threads that parse */
    static StoreWriters start(OfferstormConfig config, int slots) {
        StoreWriters stores = new StoreWriters(List.copyOf(config.sinks()));
        for (int index = 0; index < stores.kinds.size(); index++) {
            SinkKind<?> kind = stores.kinds.get(index);
            int tasks = tasks(kind, slots);
            List<StoreWriter> its = new ArrayList<>();
            for (int task = 0; task < tasks; task++) {
                SinkContext context =
                        new SinkContext(task, tasks, slots, config.source().group(), InstantSource.system());
                Sink sink = config.bound(kind).factory().create(context);
                StoreWriter writer = new StoreWriter(sink, stores, index);
                its.add(writer);
                Work.start(kind.component() + "-" + task, writer::run);
            }
            stores.writers.add(its);
        }
        return stores;
    }

    /** How many kinds of stores get each chunk. */
    int count() {
        return kinds.size();
    }

    /** Hands the chunk to the sinks, except those that follow another sink. */
    void write(PlacedChunk chunk) {
        for (int index = 0; index < kinds.size(); index++) {
            if (kinds.get(index).after().isEmpty()) {
                add(index, chunk);
            }
        }
    }

    /** Hands the chunk to the sinks that follow this one, which has written it. */
    void writeAfter(int written, PlacedChunk chunk) {
        for (int index = 0; index < kinds.size(); index++) {
            if (kinds.get(index).after().filter(kinds.get(written)::equals).isPresent()) {
                add(index, chunk);
            }
        }
    }

    private void add(int index, PlacedChunk chunk) {
        List<StoreWriter> its = writers.get(index);
        its.get(chunk.chunk().header().slot() % its.size()).add(chunk);
    }

    /** More than one connection does not make Redis faster, but one waits while another's script runs. */
    private static int tasks(SinkKind<?> kind, int slots) {
        return kind == Redis.KIND ? slots : kind.tasks(slots);
    }
}
