package org.offerstorm.sinks.hdfs;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.offerstorm.core.model.Change;
import org.offerstorm.core.model.Chunk;
import org.offerstorm.core.sink.Sink;
import org.offerstorm.core.sink.SinkContext;
import org.offerstorm.core.sink.WriteResult;

/**
 * Writes every accepted version of every offer to Avro files by date, each exactly once. Serves the slots s with
 * {@code s mod tasks == task}. Its first tick or chunk begins the recovery of what an earlier writer left, during which
 * chunks are {@link WriteResult.Retryable}. Rejects nothing. Called by one thread.
 *
 * <p>A call takes at most about 3 s when servers die or refuse. A DataNode that hangs without closing its connections
 * can hold one call for 6.5 s at replication 1, and 5 s more for each further replica, for Hadoop adds that to every
 * deadline of its pipeline; several that hang, one after the other.
 */
public final class HdfsSink implements Sink {
    private final LogFiles.Opener opener;
    private final Layout layout;
    private final Rolling rolling;
    private final SinkContext context;
    private final LongSupplier nanos;
    private final Map<Integer, SlotWriter> writers = new HashMap<>();
    private final LongAdder bytes = new LongAdder();
    private final LongAdder finished = new LongAdder();

    /** Does not connect. */
    public HdfsSink(HdfsConfig config, SinkContext context) {
        this(config, context, opener(new ClientSettings(config)));
    }

    HdfsSink(HdfsConfig config, SinkContext context, LogFiles.Opener opener) {
        this(config, context, opener, System::nanoTime);
    }

    /**
     * Writes to any files.
     *
     * @param nanos monotonic time in nanoseconds
     */
    public HdfsSink(HdfsConfig config, SinkContext context, LogFiles.Opener opener, LongSupplier nanos) {
        this.opener = opener;
        this.nanos = nanos;
        this.layout = Layout.of(config.directory());
        this.rolling = new Rolling(config.rollSizeBytes(), config.rollAge(), context.clock());
        this.context = context;
    }

    private static LogFiles.Opener opener(ClientSettings settings) {
        return () -> new HdfsFiles(settings);
    }

    @Override
    public String name() {
        return "hdfs";
    }

    /** @throws IllegalArgumentException if the chunk is of another task's slot or number of slots, or an upsert has no cell */
    @Override
    public WriteResult write(Chunk<Change> chunk) {
        int slot = chunk.header().slot();
        if (slot % context.tasks() != context.task() || chunk.header().slots() != context.slots()) {
            throw new IllegalArgumentException("chunk of slot " + slot + " of "
                    + chunk.header().slots() + " came to hdfs writer " + context.task() + " of " + context.tasks()
                    + ", made for " + context.slots() + " slots; slot s goes to task s mod tasks");
        }
        return writer(slot).write(StreamIdentity.of(context.group(), chunk.header()), chunk);
    }

    @Override
    public void tick() {
        for (int slot = context.task(); slot < context.slots(); slot += context.tasks()) {
            writer(slot).tick(context.group(), context.slots());
        }
    }

    @Override
    public OptionalLong bytes() {
        return OptionalLong.of(bytes.sum());
    }

    @Override
    public OptionalLong files() {
        return OptionalLong.of(finished.sum());
    }

    @Override
    public void close() {
        writers.values().forEach(SlotWriter::close);
        writers.clear();
    }

    private SlotWriter writer(int slot) {
        return writers.computeIfAbsent(slot, s -> new SlotWriter(opener, layout, s, rolling, nanos, bytes, finished));
    }
}
