package org.offerstorm.tools.deadletters;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.offerstorm.core.config.SourceConfig;
import org.offerstorm.sinks.deadletter.LetterEntry;
import org.offerstorm.sinks.deadletter.SettledLetter;
import org.offerstorm.sinks.deadletter.StoredLetter;

/** Watches whether the letters that were asked for come by, and remembers the neighbours of those that do not. One thread. */
final class Missing {
    private final SourceConfig source;
    private final Set<LetterPosition> sought;
    private final Map<LetterPosition, LetterPosition> before = new HashMap<>();
    private final Map<LetterPosition, LetterPosition> after = new HashMap<>();
    private final Map<LetterPosition, SettledLetter> settled = new HashMap<>();

    Missing(SourceConfig source, Set<LetterPosition> positions) {
        this.source = source;
        this.sought = new HashSet<>(positions);
    }

    void see(LetterEntry entry) {
        if (sought.isEmpty()) {
            return;
        }
        LetterPosition at = LetterPosition.of(entry);
        if (entry instanceof SettledLetter mark) {
            if (sought.contains(at)) {
                settled.put(at, mark);
            }
        } else if (entry instanceof StoredLetter && !sought.remove(at)) {
            sought.forEach(position -> compare(position, at));
        }
    }

    private void compare(LetterPosition position, LetterPosition other) {
        if (other.partition() != position.partition()
                || other.epoch() != position.epoch()
                || !other.topic().equals(position.topic())) {
            return;
        }
        if (other.offset() < position.offset()) {
            before.merge(position, other, (a, b) -> a.offset() > b.offset() ? a : b);
        } else {
            after.merge(position, other, (a, b) -> a.offset() < b.offset() ? a : b);
        }
    }

    void check() throws NoSuchLetter {
        for (LetterPosition position : sought) {
            SettledLetter mark = settled.get(position);
            String at = position.shown(source);
            if (mark != null) {
                throw new NoSuchLetter("the dead letter " + at + " was "
                        + mark.how().name().toLowerCase(Locale.ROOT) + " at " + Instant.ofEpochMilli(mark.atMillis())
                        + (mark.replayedTo().isEmpty() ? "" : ", its record is now at " + mark.replayedTo()));
            }
            LetterPosition low = before.get(position);
            LetterPosition high = after.get(position);
            String near = low == null && high == null
                    ? "; 'dlq ls' shows all"
                    : "; the nearest: " + (low == null ? "" : low.shown(source))
                            + (low == null || high == null ? "" : ", ")
                            + (high == null ? "" : high.shown(source));
            throw new NoSuchLetter("no dead letter " + at + near);
        }
    }
}
