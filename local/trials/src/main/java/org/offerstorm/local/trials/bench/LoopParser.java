package org.offerstorm.local.trials.bench;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.core.geo.Continents;
import org.offerstorm.core.model.Change;
import org.offerstorm.core.model.Chunk;
import org.offerstorm.core.model.SourceRecord;
import org.offerstorm.core.parse.ChunkParser;
import org.offerstorm.core.parse.OfferParser;
import org.offerstorm.core.parse.ParsedChunk;
import org.offerstorm.core.place.Placement;
import org.offerstorm.core.reference.Professions;
import org.offerstorm.core.sink.DeadLetter;
import org.offerstorm.core.sink.DeadLetters;
import org.offerstorm.core.sink.Delivery;
import org.offerstorm.core.sink.WriteResult;
import org.offerstorm.core.sink.WriteResult.Done;
import org.offerstorm.sinks.deadletter.KafkaDeadLetters;

/** The plain loop's second step: parses, classifies, and hands each chunk to every sink. One thread for each object. */
final class LoopParser {
    /** As the topology does. */
    private static final int MOST_UNCONFIRMED = 8;

    private record Sent(List<DeadLetter> letters, Delivery delivery) {}

    private final Deque<Sent> sent = new ArrayDeque<>();
    private final OfferstormConfig config;
    private final BlockingQueue<Chunk<SourceRecord>> chunks;
    private final List<BlockingQueue<PlacedChunk>> sinks;
    private final AtomicLong done;
    private final ChunkParser parser = new ChunkParser(new OfferParser());
    private final Placement placement;

    /** @param done counts offsets that are durable; here only if there is no sink */
    LoopParser(
            OfferstormConfig config,
            Professions professions,
            BlockingQueue<Chunk<SourceRecord>> chunks,
            List<BlockingQueue<PlacedChunk>> sinks,
            AtomicLong done) {
        this.config = config;
        this.placement = new Placement(professions, Continents.load());
        this.chunks = chunks;
        this.sinks = sinks;
        this.done = done;
    }

    void run() throws InterruptedException {
        try (DeadLetters deadLetters = KafkaDeadLetters.factory(
                        config.source().bootstrapServers(), config.deadLetters())
                .create()) {
            while (true) {
                ParsedChunk parsed = parser.parse(chunks.take());
                hand(placement.place(parsed.changes()));
                if (!parsed.letters().isEmpty()) {
                    sent.addLast(new Sent(parsed.letters(), deadLetters.send(parsed.letters())));
                }
                while (sent.size() > MOST_UNCONFIRMED
                        || (!sent.isEmpty() && sent.peekFirst().delivery().isKnown())) {
                    confirm(sent.removeFirst(), deadLetters);
                }
            }
        }
    }

    private static void confirm(Sent oldest, DeadLetters deadLetters) {
        WriteResult result = oldest.delivery().result();
        while (!(result instanceof Done)) {
            LockSupport.parkNanos(PlainLoop.RETRY_NANOS);
            result = deadLetters.write(oldest.letters());
        }
    }

    private void hand(Chunk<Change> chunk) throws InterruptedException {
        if (sinks.isEmpty()) {
            done.addAndGet(chunk.header().offsets());
            return;
        }
        PlacedChunk placed = new PlacedChunk(chunk, new AtomicInteger(sinks.size()));
        for (BlockingQueue<PlacedChunk> sink : sinks) {
            sink.put(placed);
        }
    }
}
