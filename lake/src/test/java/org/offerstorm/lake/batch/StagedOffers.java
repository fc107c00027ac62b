package org.offerstorm.lake.batch;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.offerstorm.core.model.Cell;
import org.offerstorm.core.model.Change;
import org.offerstorm.core.model.Chunk;
import org.offerstorm.core.model.ChunkHeader;
import org.offerstorm.core.model.Continent;
import org.offerstorm.core.model.Details;
import org.offerstorm.core.model.Offer;
import org.offerstorm.core.model.OffsetRange;
import org.offerstorm.core.model.Source;
import org.offerstorm.core.model.SourcePosition;
import org.offerstorm.core.model.Upsert;
import org.offerstorm.core.sink.SinkContext;
import org.offerstorm.core.sink.WriteResult;
import org.offerstorm.sinks.hdfs.HdfsConfig;
import org.offerstorm.sinks.hdfs.HdfsSink;

/** What the stream stages: offers of one partition, each with a separate id, on two dates in turns. */
public final class StagedOffers {
    private static final Source SOURCE = new Source("offers", "id", 1, 1);
    private static final long DAY = Duration.ofDays(1).toMillis();

    private StagedOffers() {}

    public static HdfsSink sink(HdfsConfig config) {
        return new HdfsSink(config, new SinkContext(0, 1, 1, Lakes.GROUP, InstantSource.system()));
    }

    /**
     * Writes the offers of these offsets.
     *
     * @param drain whether the files are finished
     */
    public static void write(HdfsSink sink, long from, long next, boolean drain) throws InterruptedException {
        List<Change> changes = new ArrayList<>();
        for (long offset = from; offset < next; offset++) {
            SourcePosition position = new SourcePosition(
                    0, offset, Instant.parse("2026-11-01T12:00:00Z").toEpochMilli() + offset % 2 * DAY);
            Offer offer = new Offer(
                    "offer-" + offset,
                    Offer.NO_PROFESSION,
                    null,
                    "Offer",
                    Double.NaN,
                    Double.NaN,
                    null,
                    null,
                    Offer.NO_DATE,
                    Details.NONE);
            changes.add(new Upsert(position, offer, Cell.of("Tech", Continent.EU), null));
        }
        ChunkHeader header =
                new ChunkHeader(SOURCE, 0, 1, List.of(new OffsetRange(0, from, next, from == 0)), List.of(), drain);
        Chunk<Change> chunk = new Chunk<>(header, changes);
        while (!(sink.write(chunk) instanceof WriteResult.Done)) {
            sink.tick();
            Thread.sleep(20);
        }
    }
}
