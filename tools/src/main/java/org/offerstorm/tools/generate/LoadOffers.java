package org.offerstorm.tools.generate;

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.offerstorm.core.model.Cell;
import org.offerstorm.core.model.Change;
import org.offerstorm.core.model.Chunk;
import org.offerstorm.core.model.ChunkHeader;
import org.offerstorm.core.model.Continent;
import org.offerstorm.core.model.Delete;
import org.offerstorm.core.model.Offer;
import org.offerstorm.core.model.OffsetRange;
import org.offerstorm.core.model.Source;
import org.offerstorm.core.model.SourcePosition;
import org.offerstorm.core.model.Upsert;
import org.offerstorm.core.sink.WriteResult;
import org.offerstorm.sinks.redis.RedisConfig;
import org.offerstorm.sinks.redis.RedisSink;

/** Writes made-up offers into Redis as the topology does, through its sink. Used by one thread. */
public final class LoadOffers implements AutoCloseable {
    private static final Source SOURCE = new Source("load", "load", 1, 1);
    private static final int CATEGORIES = 13;
    /** One in so many is a correction, and one in so many a deletion. */
    private static final int CORRECTED = 5;

    private static final int DELETED = 20;

    private static final int ATTEMPTS = 20;
    private static final long RETRY_NANOS = 100_000_000;

    private final RedisSink sink;
    private final SplittableRandom random = new SplittableRandom(1);
    private long offset;
    private int known;

    public LoadOffers(RedisConfig redis) {
        this.sink = new RedisSink(redis, InstantSource.system());
    }

    /** So many changes in one chunk: new offers, corrections and deletions. */
    public void write(int changes) throws IOException {
        List<Change> items = new ArrayList<>(changes);
        for (int i = 0; i < changes; i++) {
            if (known > 0 && random.nextInt(DELETED) == 0) {
                items.add(new Delete(position(i), "load-" + random.nextInt(known)));
            } else {
                boolean correction = known > 0 && random.nextInt(CORRECTED) == 0;
                items.add(upsert(position(i), "load-" + (correction ? random.nextInt(known) : known++), cell()));
            }
        }
        write(items);
    }

    /** One new offer. */
    public void writeOne(Cell cell) throws IOException {
        writeNew(List.of(cell), System.currentTimeMillis());
    }

    /** A new offer in each of these cells, with the records' timestamp. */
    public void writeNew(List<Cell> cells, long timestampMillis) throws IOException {
        List<Change> items = new ArrayList<>();
        for (int i = 0; i < cells.size(); i++) {
            items.add(upsert(new SourcePosition(0, offset + i, timestampMillis), "load-" + known++, cells.get(i)));
        }
        write(items);
    }

    /**
     * Writes at a pace until the time is over.
     *
     * @return changes written
     */
    public long write(int perSecond, int seconds) throws IOException {
        long start = System.nanoTime();
        int chunks = 40; // a second: every 25 ms, as the spout collects at low load
        long written = 0;
        for (int chunk = 0; chunk < chunks * seconds; chunk++) {
            write(perSecond / chunks);
            written += perSecond / chunks;
            long due = start + (chunk + 1) * 1_000_000_000L / chunks;
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
        }
        return written;
    }

    @Override
    public void close() {
        sink.close();
    }

    private void write(List<Change> items) throws IOException {
        Chunk<Change> chunk = new Chunk<>(
                new ChunkHeader(
                        SOURCE,
                        0,
                        1,
                        List.of(new OffsetRange(0, offset, offset + items.size(), offset == 0)),
                        List.of(),
                        false),
                items);
        WriteResult result = sink.write(chunk);
        for (int attempt = 1; result instanceof WriteResult.Retryable && attempt < ATTEMPTS; attempt++) {
            LockSupport.parkNanos(RETRY_NANOS);
            result = sink.write(chunk);
        }
        if (result instanceof WriteResult.Retryable failed) {
            throw new IOException(failed.message());
        }
        offset += items.size();
    }

    private SourcePosition position(int i) {
        return new SourcePosition(0, offset + i, System.currentTimeMillis());
    }

    private static Upsert upsert(SourcePosition position, String id, Cell cell) {
        Offer offer =
                new Offer(id, Offer.NO_PROFESSION, null, "load", Double.NaN, Double.NaN, null, null, Offer.NO_DATE);
        return new Upsert(position, offer, cell, new byte[0]);
    }

    private Cell cell() {
        Continent[] continents = Continent.values();
        return Cell.of("Category " + random.nextInt(CATEGORIES), continents[random.nextInt(continents.length)]);
    }
}
