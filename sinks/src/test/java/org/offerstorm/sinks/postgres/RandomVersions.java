package org.offerstorm.sinks.postgres;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.offerstorm.core.model.Cell;
import org.offerstorm.core.model.Change;
import org.offerstorm.core.model.Chunk;
import org.offerstorm.core.model.Continent;
import org.offerstorm.core.model.Source;
import org.offerstorm.sinks.contract.ChunkBuilder;

/**
 * Chunks of a log in which offers appear, move, vanish and come back, and whose records have times that go forth and back, over
 * months, or none at all.
 */
final class RandomVersions {
    static final Source SOURCE = new Source("offers", "Zk2TqRr3S2mYxJ0nV8c1aA", 3, 5);

    private static final long DAY = 86_400_000L;
    private static final List<Continent> CONTINENTS = List.of(Continent.values());
    private static final int CELLS = 12;

    private final Random random;
    private final ChunkBuilder log;
    private final int ids;
    private long now;

    RandomVersions(Random random, int ids, long now) {
        this(random, ids, now, SOURCE);
    }

    RandomVersions(Random random, int ids, long now, Source source) {
        this.random = random;
        this.log = new ChunkBuilder(source);
        this.ids = ids;
        this.now = now;
    }

    /** The next {@code count} chunks of up to {@code size} changes. */
    List<Chunk<Change>> chunks(int count, int size) {
        List<Chunk<Change>> chunks = new ArrayList<>();
        for (int c = 0; c < count; c++) {
            int changes = random.nextInt(size + 1);
            for (int i = 0; i < changes; i++) {
                log.timestamp(time());
                String id = "offer-" + random.nextInt(ids);
                if (random.nextInt(4) == 0) {
                    log.delete(id);
                } else {
                    log.upsert(ChunkBuilder.offer(id, "Name " + random.nextInt(1_000)), cell(random.nextInt(CELLS)));
                }
                if (random.nextInt(20) == 0) {
                    log.skip(random.nextInt(4), 1 + random.nextInt(3));
                }
            }
            chunks.add(log.cut());
        }
        return chunks;
    }

    /** Swaps neighbours, repeats earlier chunks, and joins some with their successors; all of them at least once. */
    static List<Chunk<Change>> disturbed(List<Chunk<Change>> chunks, Random random) {
        List<Chunk<Change>> sent = new ArrayList<>(chunks);
        for (int i = 0; i + 1 < chunks.size(); i++) {
            Collections.swap(sent, i, Math.min(chunks.size() - 1, i + random.nextInt(6)));
        }
        for (int i = 0; i < chunks.size(); i++) {
            int again = random.nextInt(chunks.size() - 1);
            Chunk<Change> replay = random.nextBoolean()
                    ? chunks.get(again)
                    : ChunkBuilder.join(chunks.get(again), chunks.get(again + 1));
            sent.add(random.nextInt(sent.size()), replay);
        }
        return sent;
    }

    private long time() {
        now += random.nextInt((int) DAY);
        return switch (random.nextInt(12)) {
            case 0 -> VersionTime.NONE_MILLIS;
            case 1 -> now - random.nextInt(60) * DAY;
            case 2 -> now - random.nextInt(3); // as old as the one before it, or a little older
            case 3 -> random.nextInt(8) == 0 ? random.nextLong() : now;
            default -> now;
        };
    }

    private static Cell cell(int i) {
        return Cell.of("Category " + i / 4, CONTINENTS.get(i % CONTINENTS.size()));
    }
}
