package org.offerstorm.sinks;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.offerstorm.core.model.Cell;
import org.offerstorm.core.model.Change;
import org.offerstorm.core.model.Chunk;
import org.offerstorm.core.model.ChunkHeader;
import org.offerstorm.core.model.Continent;
import org.offerstorm.core.model.Offer;
import org.offerstorm.core.model.OffsetRange;
import org.offerstorm.core.model.Source;
import org.offerstorm.core.model.SourcePosition;
import org.offerstorm.core.model.Upsert;

/** Offers for benchmarks, of the length that real ones have, a few of their letters accented. */
public final class BenchmarkOffers {
    public static final int CHUNK = 1_000;

    private static final String[] WORDS = {
        "d\u00E9veloppeur",
        "engineer",
        "Paris",
        "\u00E9quipe",
        "remote",
        "data",
        "s\u00E9nior",
        "cloud",
        "platform",
        "and"
    };

    private static final List<Continent> CONTINENTS = List.of(Continent.values());

    private BenchmarkOffers() {}

    /** A chunk of offers of one partition, all different; the same for the same number. */
    public static Chunk<Change> chunk(int number) {
        Random random = new Random(number);
        long first = (long) number * CHUNK;
        List<Change> offers = new ArrayList<>(CHUNK);
        for (int i = 0; i < CHUNK; i++) {
            Offer offer = new Offer(
                    "offer-" + Long.toString(random.nextLong() >>> 16, 36),
                    random.nextInt(300),
                    "FULL_TIME",
                    words(random, 4),
                    48.85 + random.nextDouble(),
                    2.35 + random.nextDouble(),
                    words(random, 2),
                    words(random, 20),
                    1_795_000_000_000L + i);
            Continent continent = CONTINENTS.get(random.nextInt(7));
            Cell cell = Cell.of(random.nextBoolean() ? "Tech" : "Retail", continent);
            offers.add(new Upsert(new SourcePosition(0, first + i, 1_795_000_000_000L + i), offer, cell, null));
        }
        Source source = new Source("offers", "AAAAAAAAAAAAAAAAAAAAAA", 1, 1);
        OffsetRange range = new OffsetRange(0, first, first + CHUNK, first == 0);
        return new Chunk<>(new ChunkHeader(source, 0, 1, List.of(range), List.of(), false), offers);
    }

    private static String words(Random random, int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(WORDS[random.nextInt(WORDS.length)]).append(' ');
        }
        return text.toString().strip();
    }
}
