package org.offerstorm.local.trials.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.core.geo.ContinentClassifier;
import org.offerstorm.core.geo.Continents;
import org.offerstorm.core.model.Change;
import org.offerstorm.core.model.Chunk;
import org.offerstorm.core.model.Continent;
import org.offerstorm.core.model.Offer;
import org.offerstorm.core.model.SourceRecord;
import org.offerstorm.core.model.Upsert;
import org.offerstorm.core.parse.OfferParser;
import org.offerstorm.core.parse.ParseResult;
import org.offerstorm.core.reference.Professions;
import org.offerstorm.core.sink.DeadLetter;
import org.offerstorm.core.sink.DeadLetters;
import org.offerstorm.core.sink.WriteResult.Done;
import org.offerstorm.sinks.deadletter.KafkaDeadLetters;

/** The plain loop's second step: parses, classifies, and hands each chunk to every sink. One thread for each object. */
final class LoopParser {
    private final OfferstormConfig config;
    private final Professions professions;
    private final BlockingQueue<Chunk<SourceRecord>> chunks;
    private final List<BlockingQueue<PlacedChunk>> sinks;
    private final AtomicLong done;
    private final OfferParser parser = new OfferParser();
    private final ContinentClassifier classifier = Continents.load();

    /** @param done counts offsets that are durable; here only if there is no sink */
    LoopParser(
            OfferstormConfig config,
            Professions professions,
            BlockingQueue<Chunk<SourceRecord>> chunks,
            List<BlockingQueue<PlacedChunk>> sinks,
            AtomicLong done) {
        this.config = config;
        this.professions = professions;
        this.chunks = chunks;
        this.sinks = sinks;
        this.done = done;
    }

    void run() throws InterruptedException {
        try (DeadLetters deadLetters = KafkaDeadLetters.factory(
                        config.source().bootstrapServers(), config.deadLetters())
                .create()) {
            while (true) {
                Chunk<SourceRecord> records = chunks.take();
                List<DeadLetter> letters = new ArrayList<>(0);
                hand(new Chunk<>(records.header(), changes(records, letters)));
                while (!letters.isEmpty() && !(deadLetters.write(letters) instanceof Done)) {
                    LockSupport.parkNanos(PlainLoop.RETRY_NANOS);
                }
            }
        }
    }

    private List<Change> changes(Chunk<SourceRecord> records, List<DeadLetter> letters) {
        List<Change> changes = new ArrayList<>(records.size());
        for (SourceRecord record : records.items()) {
            ParseResult result = parser.parse(record);
            if (result instanceof ParseResult.Accepted accepted) {
                Change change = accepted.change();
                changes.add(change instanceof Upsert upsert ? placed(upsert) : change);
            } else if (result instanceof ParseResult.Rejected bad) {
                letters.add(DeadLetter.of(
                        records.header().source(), record, "parse", bad.reason().code(), bad.detail()));
            }
        }
        return changes;
    }

    private Upsert placed(Upsert upsert) {
        Offer offer = upsert.offer();
        Continent continent =
                offer.hasLocation() ? classifier.classify(offer.latitude(), offer.longitude()) : Continent.UNKNOWN;
        return upsert.in(professions.cell(offer, continent));
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
