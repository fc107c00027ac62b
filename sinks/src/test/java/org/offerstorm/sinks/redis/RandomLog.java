package org.offerstorm.sinks.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.offerstorm.core.model.Cell;
import org.offerstorm.core.model.Change;
import org.offerstorm.core.model.Chunk;
import org.offerstorm.core.model.Continent;
import org.offerstorm.core.model.Source;
import org.offerstorm.sinks.contract.ChunkBuilder;

/** Chunks of a log in which offers appear, move, vanish and come back, and some offsets hold nothing. */
public final class RandomLog {
    public static final Source SOURCE = new Source("offers", "Zk2TqRr3S2mYxJ0nV8c1aA", 3, 5);

    private static final List<Continent> CONTINENTS = List.of(Continent.values());
    private static final int CELLS = 12;

    private final RandomGenerator random;
    private final ChunkBuilder log = new ChunkBuilder(SOURCE).timestamp(System.currentTimeMillis());
    private final int ids;

    public RandomLog(RandomGenerator random, int ids) {
        this.random = random;
        this.ids = ids;
    }

    /** The next {@code count} chunks of up to {@code size} changes. */
    public List<Chunk<Change>> chunks(int count, int size) {
        List<Chunk<Change>> chunks = new ArrayList<>();
        for (int c = 0; c < count; c++) {
            int changes = random.nextInt(size + 1);
            for (int i = 0; i < changes; i++) {
                String id = "offer-" + random.nextInt(ids);
                if (random.nextInt(4) == 0) {
                    log.delete(id);
                } else {
                    log.upsert(id, cell(random.nextInt(CELLS)));
                }
                if (random.nextInt(20) == 0) {
                    log.skip(random.nextInt(SOURCE.partitions()), 1 + random.nextInt(3));
                }
            }
            chunks.add(log.cut());
        }
        return chunks;
    }

    private static Cell cell(int i) {
        return Cell.of("Category " + i / 4, CONTINENTS.get(i % CONTINENTS.size()));
    }
}
