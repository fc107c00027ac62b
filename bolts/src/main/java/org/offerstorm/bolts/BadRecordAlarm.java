package org.offerstorm.bolts;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.offerstorm.core.model.ChunkHeader;
import org.offerstorm.core.model.SourcePosition;
import org.offerstorm.core.parse.ParseResult.Rejected;
import org.offerstorm.core.parse.Reason;
import org.offerstorm.core.text.PlainText;
import org.slf4j.Logger;

/**
 * Logs bad records as counts, not as a line for each: a warning when more than a fifth of the records of ten seconds
 * were bad, and a summary of the rest once a minute. A task therefore writes at most seven lines a minute, no matter how
 * many records are bad, and each bad record is counted in exactly one of them. The bolt's executor owns it.
 */
@SuppressWarnings("EnumOrdinal") // indexes of arrays that live as long as the enum
final class BadRecordAlarm {
    static final int WARN_TICKS = 10;
    static final int SUMMARY_TICKS = 60;
    /** Longest line, characters. */
    static final int MAX_LINE = 512;

    private static final int ALARMING_PERCENT = 20;
    private static final int MOST_REASONS = 5;
    private static final List<Reason> REASONS = List.of(Reason.values());

    private final String task;
    private final Logger log;
    /** Since the share was last looked at. */
    private final Counts recent = new Counts();
    /** Since the last summary, without those that warnings reported. */
    private final Counts quiet = new Counts();

    private int ticks;

    /** @param task component and index, for the lines */
    BadRecordAlarm(String task, Logger log) {
        this.task = task;
        this.log = log;
    }

    /** A chunk of this many records, good or bad, came. */
    void records(int count) {
        recent.records += count;
    }

    /** One of them is bad. */
    void bad(ChunkHeader header, SourcePosition position, Rejected rejected) {
        recent.bad++;
        recent.byReason[rejected.reason().ordinal()]++;
        if (recent.example == null) {
            recent.example = new Example(header.source().topic(), position, rejected);
        }
    }

    /** Once a second. */
    void tick() {
        ticks++;
        if (ticks % WARN_TICKS == 0) {
            look();
        }
        if (ticks % SUMMARY_TICKS == 0) {
            summarize();
        }
    }

    /** Logs the counts that were not logged yet. */
    void close() {
        look();
        summarize();
    }

    private void look() {
        if (recent.bad * 100 > recent.records * ALARMING_PERCENT) {
            log.warn("{}", line(recent, "see docs/input.md for the reasons, and ask who produces them"));
            recent.clear();
        } else {
            recent.moveTo(quiet);
        }
    }

    private void summarize() {
        if (quiet.bad > 0) {
            log.info("{}", line(quiet, "see docs/input.md for the reasons"));
        }
        quiet.clear();
    }

    private String line(Counts counts, String advice) {
        StringBuilder line = new StringBuilder(MAX_LINE);
        line.append(task).append(": ").append(counts.bad).append(" of ").append(counts.records);
        line.append(" records are bad (")
                .append(counts.bad * 100 / counts.records)
                .append(" %): ");
        List<Reason> worst = REASONS.stream()
                .filter(reason -> counts.of(reason) > 0)
                .sorted(Comparator.comparingLong(counts::of).reversed())
                .toList();
        long told = 0;
        for (Reason reason : worst.subList(0, Math.min(MOST_REASONS, worst.size()))) {
            line.append(reason.code()).append(' ').append(counts.of(reason)).append(", ");
            told += counts.of(reason);
        }
        if (told < counts.bad) {
            line.append("others ").append(counts.bad - told).append(", ");
        }
        line.append(advice).append("; for instance ").append(counts.example);
        return escaped(line);
    }

    /** One line of plain text, not longer than allowed: details quote records, and a record may hold anything. */
    private static String escaped(CharSequence text) {
        StringBuilder line = new StringBuilder(MAX_LINE);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            String next = PlainText.isPlain(c) ? String.valueOf(c) : String.format(Locale.ROOT, "\\u%04x", (int) c);
            if (line.length() + next.length() > MAX_LINE - 1) {
                return line.append('…').toString();
            }
            line.append(next);
        }
        return line.toString();
    }

    private record Example(String topic, SourcePosition position, Rejected rejected) {
        @Override
        public String toString() {
            return topic + "-" + position.partition() + "@" + position.offset() + " ("
                    + rejected.reason().code() + ": " + rejected.detail() + ")";
        }
    }

    private static final class Counts {
        private final long[] byReason = new long[REASONS.size()];
        private long records;
        private long bad;
        private Example example;

        long of(Reason reason) {
            return byReason[reason.ordinal()];
        }

        void moveTo(Counts other) {
            other.records += records;
            other.bad += bad;
            for (int i = 0; i < byReason.length; i++) {
                other.byReason[i] += byReason[i];
            }
            if (other.example == null) {
                other.example = example;
            }
            clear();
        }

        void clear() {
            records = 0;
            bad = 0;
            Arrays.fill(byReason, 0);
            example = null;
        }
    }
}
