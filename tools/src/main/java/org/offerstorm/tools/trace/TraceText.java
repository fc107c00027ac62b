package org.offerstorm.tools.trace;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.offerstorm.core.text.PlainText;
import org.offerstorm.core.text.Quote;

/** The result for people: plain characters only, no matter what ids, categories and details hold. */
public final class TraceText {
    /** Of the same length, also for a whole second: times are a column. */
    private static final DateTimeFormatter MILLIS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);

    private static final int NAME = 14;
    private static final int LONGEST_DETAIL = 200;
    /** Rows of one store that are shown. */
    private static final int MOST_ROWS = 20;

    private TraceText() {}

    /** Lines with line ends: what the offer is, a block for each place that was looked at, and the verdict. */
    public static String write(TraceResult result) {
        StringBuilder text = new StringBuilder();
        text.append(heading(result)).append('\n');
        block(text, "kafka", records(result));
        List<String> letters = result.letters().stream()
                .map(letter -> letter(letter, result))
                .collect(Collectors.toCollection(ArrayList::new));
        for (StoreTrace store : result.stores()) {
            boolean isLetters = store.store().equals("dead letters");
            List<String> lines = isLetters ? letters : rows(store, result);
            if (lines.isEmpty()) {
                lines.add(isLetters ? "none" : store.why().isEmpty() ? "nothing" : "");
            }
            if (store.state() != StoreTrace.State.AGREES) {
                lines.add(store.state().word().toUpperCase(Locale.ROOT)
                        + (store.why().isEmpty() ? "" : ": " + String.join("; ", store.why())));
            } else {
                lines.addAll(store.why());
            }
            lines.removeIf(String::isEmpty);
            block(text, store.store(), lines);
        }
        block(text, "read of kafka", result.looked());
        result.notes().forEach(note -> text.append("note: ").append(note).append('\n'));
        return text.append(verdict(result)).append('\n').toString();
    }

    /** The last line. */
    public static String verdict(TraceResult result) {
        String id = "trace: " + Quote.of(result.id()) + ": ";
        if (!result.isKnown()) {
            return id + "unknown: no record, no dead letter and no store that was asked has it"
                    + (result.unreachable().isEmpty() ? "" : "; not asked: " + names(result.unreachable()));
        }
        List<StoreTrace> wrong = result.wrong();
        List<String> said = new ArrayList<>();
        wrong.forEach(store -> said.add(store.store() + " " + store.state().word()));
        result.unreachable()
                .forEach(store -> said.add(store.store() + " " + store.state().word()));
        return id + (said.isEmpty() ? "all stores agree" : String.join(", ", said));
    }

    private static String names(List<StoreTrace> stores) {
        return stores.stream().map(StoreTrace::store).collect(Collectors.joining(", "));
    }

    private static String heading(TraceResult result) {
        String id = Quote.of(result.id());
        Optional<Holding> newest = result.newest();
        String home = result.home() < 0 ? "" : " (its key's partition is " + result.home() + ")";
        if (newest.isEmpty()) {
            String what = result.records().isEmpty() && result.letters().isEmpty()
                    ? "not found"
                    : "was never accepted: every record that was found is refused";
            return id + ": " + what + home;
        }
        Holding version = newest.get();
        return id + ": "
                + (version.value().equals(Holding.DELETED)
                        ? Holding.DELETED
                        : "live in " + PlainText.of(version.value()))
                + " since " + position(version, result)
                + (version.timeMillis() == null ? "" : ", " + time(version.timeMillis()))
                + home;
    }

    private static List<String> records(TraceResult result) {
        List<String> lines = new ArrayList<>();
        for (TracedRecord record : result.records()) {
            List<String> marks = new ArrayList<>();
            boolean isNewest = result.newest()
                    .filter(version -> version.version() == record.version())
                    .isPresent();
            if (record.isAccepted() && !isNewest) {
                marks.add("older");
            }
            marks.addAll(record.origin());
            if (record.replayOf() != null) {
                marks.add("replay of " + record.replayOf().shown(result.source()));
            }
            lines.add(String.format(
                    Locale.ROOT,
                    "%-12s  %-24s  %s%s",
                    record.partition() + "@" + record.offset(),
                    record.timestampMillis() < 0 ? "no time" : time(record.timestampMillis()),
                    said(record),
                    marks.isEmpty() ? "" : "  (" + String.join(", ", marks) + ")"));
        }
        return cut(lines.isEmpty() ? new ArrayList<>(List.of("no record found")) : lines);
    }

    /** The verdict on a record. */
    static String said(TracedRecord record) {
        return record.isAccepted()
                ? PlainText.of(record.value())
                : "refused, " + record.reason() + ": " + PlainText.excerpt(record.detail(), LONGEST_DETAIL);
    }

    /** A letter in one line. */
    static String letter(TracedLetter letter, TraceResult result) {
        return String.format(
                Locale.ROOT,
                "%-12s  %-24s  %s, %s%s",
                letter.position().shown(result.source()),
                time(letter.atMillis()),
                PlainText.of(letter.stage()),
                PlainText.of(letter.reason()),
                letter.settled() != null
                        ? ", " + PlainText.of(letter.settled())
                        : letter.detail().isEmpty() ? "" : ": " + PlainText.excerpt(letter.detail(), LONGEST_DETAIL));
    }

    private static List<String> rows(StoreTrace store, TraceResult result) {
        List<String> lines = new ArrayList<>();
        for (Holding holding : store.holdings()) {
            lines.add(String.format(
                            Locale.ROOT,
                            "%-12s  %-24s  %s%s",
                            position(holding, result),
                            holding.timeMillis() == null ? "" : time(holding.timeMillis()),
                            PlainText.of(holding.value()),
                            holding.where().isEmpty() ? "" : "  " + PlainText.of(holding.where()))
                    .stripTrailing());
        }
        return cut(lines);
    }

    private static List<String> cut(List<String> lines) {
        if (lines.size() <= MOST_ROWS) {
            return lines;
        }
        List<String> shown = new ArrayList<>(lines.subList(0, MOST_ROWS));
        shown.add(String.format(Locale.ROOT, "… and %,d more; --format json shows all", lines.size() - MOST_ROWS));
        return shown;
    }

    private static String position(Holding holding, TraceResult result) {
        return (holding.epoch() == result.source().epoch() ? "" : "epoch " + holding.epoch() + ", ")
                + (holding.partition() == null ? "" : holding.partition())
                + "@"
                + holding.offset();
    }

    /** UTC. */
    static String time(long millis) {
        return MILLIS.format(Instant.ofEpochMilli(millis));
    }

    private static void block(StringBuilder text, String name, List<String> lines) {
        for (int i = 0; i < lines.size(); i++) {
            text.append(String.format(Locale.ROOT, "%-" + NAME + "s%s", i == 0 ? name : "", lines.get(i)))
                    .append('\n');
        }
    }
}
