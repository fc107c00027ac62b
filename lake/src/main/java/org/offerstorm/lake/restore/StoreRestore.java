package org.offerstorm.lake.restore;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.offerstorm.core.model.Change;
import org.offerstorm.core.model.Chunk;
import org.offerstorm.core.model.ChunkHeader;
import org.offerstorm.core.model.DataField;
import org.offerstorm.core.model.OffsetRange;
import org.offerstorm.core.model.Source;
import org.offerstorm.core.sink.Sink;
import org.offerstorm.core.sink.WriteResult;
import org.offerstorm.lake.serve.LakeView;
import org.offerstorm.sinks.hdfs.StagedLog;

/**
 * Fills a store from the lake through its own sink: the newest version of each offer, deleted ones too, and last of all the
 * offsets that they cover. A restore that ends early has covered nothing; it may be run again, and while the stream writes.
 */
public final class StoreRestore {
    private static final int CHUNK = 1_000;
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final int MOST_RETRIES = 60;

    private final SparkSession spark;
    private final LakeView view;
    private final Sink sink;
    private final StoredChanges changes;
    private final Consumer<String> notes;
    private long rejected;

    /**
     * Does not begin.
     *
     * @param fields the further fields that the mapping declares
     * @param notes learns what the store refuses
     */
    public StoreRestore(SparkSession spark, LakeView view, Sink sink, List<DataField> fields, Consumer<String> notes) {
        this.spark = spark;
        this.view = view;
        this.sink = sink;
        this.changes = new StoredChanges(fields);
        this.notes = notes;
    }

    /**
     * What was done.
     *
     * @param offers written, also deleted ones
     * @param rejected of them the store refused
     */
    public record Result(long offers, long rejected) {}

    /**
     * Runs it.
     *
     * @param streams the logs by epoch, the lowest first
     * @throws IOException if the store cannot be written to for a minute
     */
    public Result run(List<StagedLog.Stream> streams) throws IOException, InterruptedException {
        long offers = 0;
        for (StagedLog.Stream stream : streams) {
            Source source = new Source(stream.topic(), stream.topicId(), stream.epoch(), stream.partitions());
            List<Change> chunk = new ArrayList<>(CHUNK);
            Iterator<Row> rows = spark.sql(
                            "SELECT * FROM " + view.history() + " WHERE valid_to IS NULL AND epoch = " + stream.epoch())
                    .toLocalIterator();
            while (rows.hasNext()) {
                chunk.add(changes.of(rows.next()));
                offers++;
                if (chunk.size() == CHUNK || !rows.hasNext()) {
                    write(source, List.of(), chunk);
                    chunk = new ArrayList<>(CHUNK);
                }
            }
            if (stream.epoch() == view.offsets().epoch()) {
                List<OffsetRange> covered = new ArrayList<>();
                view.offsets()
                        .next()
                        .forEach((partition, next) -> covered.add(new OffsetRange(partition, 0, next, true)));
                write(source, covered, List.of());
            }
        }
        return new Result(offers, rejected);
    }

    private void write(Source source, List<OffsetRange> ranges, List<Change> items)
            throws IOException, InterruptedException {
        ChunkHeader header = new ChunkHeader(source, 0, 1, ranges, List.of(), false);
        for (int tries = 0; ; tries++) {
            WriteResult result = sink.write(new Chunk<>(header, List.copyOf(items)));
            if (result instanceof WriteResult.Done done) {
                rejected += done.rejected().size();
                done.rejected().forEach(one -> notes.accept(sink.name() + " refused an offer: " + one.detail()));
                return;
            }
            WriteResult.Retryable held = (WriteResult.Retryable) result;
            if (tries == MOST_RETRIES) {
                throw new IOException(held.message(), held.cause());
            }
            sink.tick();
            Thread.sleep(RETRY.toMillis());
        }
    }
}
