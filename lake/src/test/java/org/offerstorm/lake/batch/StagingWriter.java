package org.offerstorm.lake.batch;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.offerstorm.core.model.Cell;
import org.offerstorm.core.model.Change;
import org.offerstorm.core.model.Chunk;
import org.offerstorm.core.model.ChunkHeader;
import org.offerstorm.core.model.Delete;
import org.offerstorm.core.model.Details;
import org.offerstorm.core.model.Floor;
import org.offerstorm.core.model.Offer;
import org.offerstorm.core.model.OffsetRange;
import org.offerstorm.core.model.Source;
import org.offerstorm.core.model.SourcePosition;
import org.offerstorm.core.model.Upsert;
import org.offerstorm.core.sink.SinkContext;
import org.offerstorm.core.sink.WriteResult;
import org.offerstorm.sinks.hdfs.HdfsConfig;
import org.offerstorm.sinks.hdfs.HdfsSink;

/** Stages a random log as the stream does, through the sink. */
final class StagingWriter implements AutoCloseable {
    private static final int PARTITIONS = 3;

    private final HdfsConfig config;
    private final List<RandomLog.Event> events;
    private final Map<Integer, Long> next = new TreeMap<>();
    private HdfsSink sink;
    private int epoch = 1;
    private int written;

    StagingWriter(HdfsConfig config, RandomLog log) {
        this.config = config;
        this.events = log.events();
        this.sink = open();
    }

    /** Whether all is written. */
    boolean isDone() {
        return written == events.size();
    }

    /**
     * Writes some records; fewer at the end of an epoch, and of the log.
     *
     * @param drain whether the files are finished then; they are at the end of an epoch and of the log
     */
    void write(int records, boolean drain) throws Exception {
        List<RandomLog.Event> some = new ArrayList<>();
        while (written < events.size()
                && some.size() < records
                && events.get(written).epoch() == epoch) {
            some.add(events.get(written++));
        }
        boolean epochEnds = written < events.size() && events.get(written).epoch() > epoch;
        chunk(some, drain || epochEnds || isDone());
        if (epochEnds) {
            sink.close();
            epoch++;
            next.clear();
            sink = open();
        }
    }

    /** As a worker that is killed, and its successor, which recovers what is open. */
    void restart() throws Exception {
        sink.close();
        sink = open();
        chunk(List.of(), false);
    }

    @Override
    public void close() throws Exception {
        sink.close();
    }

    private HdfsSink open() {
        return new HdfsSink(config, new SinkContext(0, 1, 1, Lakes.GROUP, InstantSource.system()));
    }

    private void chunk(List<RandomLog.Event> some, boolean drain) throws Exception {
        // What the stream has committed: offsets of refused records are in no file.
        List<Floor> floors = next.entrySet().stream()
                .map(floor -> new Floor(floor.getKey(), floor.getValue()))
                .toList();
        Map<Integer, Long> from = new TreeMap<>();
        List<Change> changes = new ArrayList<>();
        for (RandomLog.Event event : some) {
            from.putIfAbsent(event.partition(), next.getOrDefault(event.partition(), 0L));
            next.put(event.partition(), event.offset() + 1);
            changes.add(change(event));
        }
        List<OffsetRange> ranges = from.entrySet().stream()
                .map(range -> new OffsetRange(
                        range.getKey(), range.getValue(), next.get(range.getKey()), range.getValue() == 0))
                .toList();
        Source source = new Source("offers", "id-" + epoch, epoch, PARTITIONS);
        Chunk<Change> chunk = new Chunk<>(new ChunkHeader(source, 0, 1, ranges, floors, drain), changes);
        while (!(sink.write(chunk) instanceof WriteResult.Done)) {
            sink.tick();
            Thread.sleep(20);
        }
    }

    private static Change change(RandomLog.Event event) {
        SourcePosition position = new SourcePosition(event.partition(), event.offset(), event.millis());
        if (event.deleted()) {
            return new Delete(position, event.id());
        }
        Offer offer = new Offer(
                event.id(),
                Offer.NO_PROFESSION,
                null,
                event.id() + "@" + event.offset(),
                48.5,
                2.5,
                null,
                null,
                event.millis() - 1,
                Details.NONE);
        return new Upsert(position, offer, Cell.of(event.category(), event.continent()), null);
    }
}
