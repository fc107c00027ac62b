package org.offerstorm.dashboard.live;

import java.util.List;
import java.util.Map;
import org.offerstorm.core.model.Continent;
import org.offerstorm.sinks.redis.MinuteRate;

/**
 * The last hours, minute by minute. Immutable.
 *
 * @param firstMinute of the series, since 1970
 * @param rates what the records of each minute did, oldest first
 * @param continents how offers came and went
 * @param categories how offers came and went
 */
public record HistoryView(
        long firstMinute, List<MinuteRate> rates, Map<Continent, Series> continents, Map<String, Series> categories) {
    static final HistoryView EMPTY = new HistoryView(0, List.of(), Map.of(), Map.of());
}
