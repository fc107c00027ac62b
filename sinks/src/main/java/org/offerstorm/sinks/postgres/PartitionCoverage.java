package org.offerstorm.sinks.postgres;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.offerstorm.core.model.OffsetRange;

/**
 * How far a partition is written, and which ranges beyond that are: the rules of conf/redis/apply-chunk.lua. Immutable.
 *
 * @param next offset below which every record is written; null if none is known to be
 * @param parked further ranges, {@code from-next} with blanks between, in order and apart from each other
 */
record PartitionCoverage(Long next, String parked) {
    static final PartitionCoverage NOTHING = new PartitionCoverage(null, "");

    private record Waiting(long from, long next) {}

    /** After this range is written, too. */
    PartitionCoverage with(OffsetRange range) {
        Long covered = next;
        List<Waiting> waiting = new ArrayList<>();
        if (covered == null && range.logStart()) {
            covered = range.next();
        } else if (covered != null && range.from() <= covered) {
            covered = Math.max(covered, range.next());
        } else if (range.from() < range.next()) {
            waiting.add(new Waiting(range.from(), range.next()));
        }
        for (String text : parked.isEmpty() ? new String[0] : parked.split(" ", -1)) {
            int dash = text.indexOf('-');
            waiting.add(new Waiting(Long.parseLong(text.substring(0, dash)), Long.parseLong(text.substring(dash + 1))));
        }
        return join(covered, waiting);
    }

    private static PartitionCoverage join(Long covered, List<Waiting> waiting) {
        waiting.sort(Comparator.comparingLong(Waiting::from));
        List<Waiting> rest = new ArrayList<>();
        for (Waiting range : waiting) {
            Waiting last = rest.isEmpty() ? null : rest.get(rest.size() - 1);
            if (covered != null && range.from() <= covered) {
                covered = Math.max(covered, range.next());
            } else if (last != null && range.from() <= last.next()) {
                rest.set(rest.size() - 1, new Waiting(last.from(), Math.max(last.next(), range.next())));
            } else {
                rest.add(range);
            }
        }
        StringBuilder text = new StringBuilder();
        for (Waiting range : rest) {
            text.append(text.isEmpty() ? "" : " ")
                    .append(range.from())
                    .append('-')
                    .append(range.next());
        }
        return new PartitionCoverage(covered, text.toString());
    }
}
