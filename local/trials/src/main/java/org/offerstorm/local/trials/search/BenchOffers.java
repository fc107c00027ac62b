package org.offerstorm.local.trials.search;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.offerstorm.core.model.Change;
import org.offerstorm.core.model.Chunk;
import org.offerstorm.core.model.ChunkHeader;
import org.offerstorm.core.model.Delete;
import org.offerstorm.core.model.OffsetRange;
import org.offerstorm.core.model.Source;
import org.offerstorm.core.model.SourcePosition;
import org.offerstorm.core.model.SourceRecord;
import org.offerstorm.core.model.Upsert;
import org.offerstorm.core.parse.OfferParser;
import org.offerstorm.core.parse.ParseResult.Accepted;
import org.offerstorm.core.reference.Professions;
import org.offerstorm.tools.generate.Event;
import org.offerstorm.tools.generate.Event.Kind;
import org.offerstorm.tools.generate.OfferGenerator;

/** The seeded generator's stream, parsed and cut into chunks as the topology does. One thread. */
final class BenchOffers {
    private static final Source SOURCE = new Source("offers", "Zk2TqRr3S2mYxJ0nV8c1aA", 1, 1);

    private final OfferGenerator generator;
    private final OfferParser parser = new OfferParser();
    private long offset;
    private long live;
    private long bytes;

    BenchOffers(long seed, Professions professions) {
        generator = new OfferGenerator(seed, professions);
    }

    /** The next changes. */
    Chunk<Change> next(int size) {
        long from = offset;
        List<Change> changes = new ArrayList<>(size);
        while (changes.size() < size) {
            Event event = generator.next();
            SourcePosition position = new SourcePosition(0, offset++, 0);
            byte[] value = event.line().getBytes(StandardCharsets.UTF_8);
            if (event.kind() == Kind.DELETION) {
                changes.add(new Delete(position, event.id()));
                live--;
            } else if (parser.parse(new SourceRecord(position, event.id().getBytes(StandardCharsets.UTF_8), value))
                            instanceof Accepted accepted
                    && accepted.change() instanceof Upsert upsert) {
                changes.add(upsert.in(event.after()));
                live += event.before() == null ? 1 : 0;
                bytes += value.length;
            }
        }
        return new Chunk<>(
                new ChunkHeader(SOURCE, 0, 1, List.of(new OffsetRange(0, from, offset, from == 0)), List.of(), false),
                changes);
    }

    /** Offers that are neither deleted nor refused, so far. */
    long live() {
        return live;
    }

    /** JSON of the upserts so far. */
    long bytes() {
        return bytes;
    }
}
