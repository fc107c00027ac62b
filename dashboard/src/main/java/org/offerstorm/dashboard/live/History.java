package org.offerstorm.dashboard.live;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.offerstorm.core.model.Continent;
import org.offerstorm.sinks.redis.CountedChange;
import org.offerstorm.sinks.redis.MinuteRate;

/**
 * The last hours, minute by minute: how offers came and went by continent and by category (from the stream of changes, by
 * the clock of Redis), and what the records of each minute did (from the keys of the rates, by the records' timestamps).
 * Used by the reader's thread; {@link #view} gives others an unchanging copy.
 */
final class History {
    /** Six hours. */
    static final int MINUTES = 360;

    private final TreeMap<Long, Moves> moves = new TreeMap<>();
    private List<MinuteRate> rates = List.of();

    private static final class Moves {
        private final Map<Continent, Move> continents = new EnumMap<>(Continent.class);
        private final Map<String, Move> categories = new HashMap<>();
    }

    void add(CountedChange change) {
        long minute = change.writtenAt() / 60_000;
        Moves now = moves.computeIfAbsent(minute, m -> new Moves());
        change.cells().forEach((cell, by) -> {
            now.continents.merge(cell.continent(), Move.of(by), Move::plus);
            now.categories.merge(cell.category(), Move.of(by), Move::plus);
        });
        moves.headMap(moves.lastKey() - MINUTES, true).clear();
    }

    /** @param all of the last {@link #MINUTES} minutes, oldest first */
    void rates(List<MinuteRate> all) {
        rates = List.copyOf(all);
    }

    /** Newer figures of the last minutes. */
    void latestRates(List<MinuteRate> latest) {
        if (latest.isEmpty()) {
            return;
        }
        List<MinuteRate> all = new ArrayList<>(rates);
        all.removeIf(rate -> rate.minute() >= latest.get(0).minute());
        all.addAll(latest);
        rates = List.copyOf(all.subList(Math.max(0, all.size() - MINUTES), all.size()));
    }

    /** The last {@link #MINUTES} minutes up to this one. */
    HistoryView view(long nowMillis, Collection<String> categories) {
        long last = nowMillis / 60_000;
        long first = last - MINUTES + 1;
        Map<Continent, Series> continents = new EnumMap<>(Continent.class);
        Map<String, Series> byCategory = new TreeMap<>();
        for (Continent continent : Continent.values()) {
            continents.put(continent, new Series(MINUTES));
        }
        categories.forEach(category -> byCategory.put(category, new Series(MINUTES)));
        moves.subMap(first, true, last, true).forEach((minute, moved) -> {
            int at = (int) (minute - first);
            moved.continents.forEach(
                    (continent, move) -> continents.get(continent).set(at, move));
            moved.categories.forEach((category, move) -> byCategory
                    .computeIfAbsent(category, name -> new Series(MINUTES))
                    .set(at, move));
        });
        return new HistoryView(first, rates, continents, byCategory);
    }
}
