package org.offerstorm.sinks.redis;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.offerstorm.core.model.Cell;
import redis.clients.jedis.resps.StreamEntry;

/**
 * One entry of the stream {@code {tag}:changes}: what one chunk did to the table.
 *
 * @param id the stream's id; ids grow
 * @param at largest timestamp of the chunk's records, ms since 1970
 * @param added offers that were not live before
 * @param corrected offers that were live and have a newer version
 * @param deleted offers that are no longer live
 * @param cells difference of each cell that moved; never zero
 */
public record CountedChange(ChangeId id, long at, long added, long corrected, long deleted, Map<Cell, Long> cells) {
    private static final List<String> NUMBERS = List.of("at", "new", "corrected", "deleted");

    /** When Redis took it, ms since 1970 by the clock of Redis. */
    public long writtenAt() {
        return id.time();
    }

    /** @throws IllegalArgumentException if the entry is not one of ours */
    static CountedChange of(StreamEntry entry) {
        Map<Cell, Long> cells = new LinkedHashMap<>();
        Map<String, String> fields = entry.getFields();
        fields.forEach((name, value) -> {
            if (!NUMBERS.contains(name)) {
                cells.put(Cell.ofKey(name), Long.valueOf(value));
            }
        });
        return new CountedChange(
                ChangeId.of(entry.getID()),
                number(fields, "at"),
                number(fields, "new"),
                number(fields, "corrected"),
                number(fields, "deleted"),
                cells);
    }

    /** A chunk that moved very many cells has further entries, which carry differences alone. */
    private static long number(Map<String, String> fields, String name) {
        return Long.parseLong(fields.getOrDefault(name, "0"));
    }
}
