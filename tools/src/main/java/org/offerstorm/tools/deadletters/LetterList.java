package org.offerstorm.tools.deadletters;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.sinks.deadletter.DeadLetterReader;
import org.offerstorm.sinks.deadletter.StoredLetter;

/** {@code dlq ls}: goes over the topic and hands rows to a format. Holds no more rows than the limit. */
public final class LetterList {
    private static final Comparator<LetterRow> BY_TIME = Comparator.comparingLong(LetterRow::refusedAtMillis)
            .thenComparing(row -> row.position().partition())
            .thenComparing(row -> row.position().offset());

    private final OfferstormConfig config;

    /** Connects to nothing. */
    public LetterList(OfferstormConfig config) {
        this.config = config;
    }

    /** What rows are written as. */
    interface Rows {
        void row(LetterRow row) throws IOException;

        /**
         * Ends the list.
         *
         * @param all letters of the topic
         * @param count those that were chosen
         * @param shown those that had a row
         * @param byReason number of those chosen
         */
        void end(long all, long count, long shown, Map<String, Long> byReason) throws IOException;
    }

    /**
     * Writes the letters selected: the newest, in the order of time; or with no limit all, in the order of the topic.
     *
     * @param limit most rows; 0: all
     * @throws IOException if the topic cannot be read, or the rows cannot be written
     */
    public void write(LetterSelection selection, int limit, ListFormat format, Appendable out) throws IOException {
        Rows rows = format.open(config.source(), out);
        PriorityQueue<LetterRow> newest = new PriorityQueue<>(BY_TIME);
        Map<String, Long> byReason = new TreeMap<>();
        long[] all = new long[1];
        long[] count = new long[1];
        try {
            new DeadLetterReader(config.source().bootstrapServers(), config.deadLetters()).forEach(entry -> {
                if (!(entry instanceof StoredLetter letter)) {
                    return;
                }
                all[0]++;
                if (!selection.matches(letter)) {
                    return;
                }
                count[0]++;
                byReason.merge(letter.reason(), 1L, Long::sum);
                if (limit == 0) {
                    write(rows, LetterRow.of(letter));
                    return;
                }
                newest.add(LetterRow.of(letter));
                if (newest.size() > limit) {
                    newest.poll();
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        List<LetterRow> ordered = new ArrayList<>(newest);
        ordered.sort(BY_TIME);
        for (LetterRow row : ordered) {
            rows.row(row);
        }
        rows.end(all[0], count[0], limit == 0 ? count[0] : ordered.size(), byReason);
    }

    private static void write(Rows rows, LetterRow row) {
        try {
            rows.row(row);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
