package org.offerstorm.tools.inspect;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.offerstorm.core.mapping.MappedParser;
import org.offerstorm.core.mapping.Mapping;
import org.offerstorm.core.mapping.StandardField;
import org.offerstorm.core.model.Change;
import org.offerstorm.core.model.Offer;
import org.offerstorm.core.model.SourcePosition;
import org.offerstorm.core.model.SourceRecord;
import org.offerstorm.core.model.Upsert;
import org.offerstorm.core.parse.ParseResult;
import org.offerstorm.core.parse.ParseResult.Accepted;
import org.offerstorm.core.parse.ParseResult.Rejected;
import org.offerstorm.core.text.PlainText;
import org.offerstorm.tools.report.Columns;

/** What a mapping makes of a sample: the first offers, and what is refused. */
public final class Preview {
    private static final int SHOWN = 5;
    private static final int LONGEST_CELL = 32;
    private static final int LONGEST_DETAIL = 160;

    private final List<Upsert> first = new ArrayList<>();
    private final Map<String, Refusals> refused = new TreeMap<>();
    private long offers;
    private long deletions;
    private long refusedCount;

    private static final class Refusals {
        private long count;
        private String example;
    }

    private Preview() {}

    /** Applies the mapping to every record of the sample. */
    public static Preview of(DataSample sample, Mapping mapping) {
        Preview preview = new Preview();
        MappedParser parser = new MappedParser(mapping);
        boolean hasId = mapping.offer().containsKey(StandardField.ID);
        for (int i = 0; i < sample.records().size(); i++) {
            byte[] json = sample.records().get(i);
            preview.take(i + 1, result(parser, hasId, sample, i, json));
        }
        return preview;
    }

    private static ParseResult result(MappedParser parser, boolean hasId, DataSample sample, int i, byte[] json) {
        String key;
        if (sample.keys() != null) {
            key = sample.keys().get(i);
        } else if (hasId) {
            MappedParser.Keyed keyed = parser.key(json);
            if (keyed.rejected() != null) {
                return keyed.rejected();
            }
            key = keyed.id();
        } else {
            key = "record-" + (i + 1);
        }
        byte[] bytes = key == null ? null : key.getBytes(StandardCharsets.UTF_8);
        return parser.parse(new SourceRecord(new SourcePosition(0, i, 0), bytes, json));
    }

    private void take(long record, ParseResult result) {
        if (result instanceof Rejected rejected) {
            refusedCount++;
            Refusals refusals = refused.computeIfAbsent(
                    rejected.reason().name().toLowerCase(Locale.ROOT), reason -> new Refusals());
            refusals.count++;
            if (refusals.example == null) {
                refusals.example =
                        PlainText.excerpt(rejected.detail(), LONGEST_DETAIL) + " (record " + record + " of the sample)";
            }
            return;
        }
        Change change = ((Accepted) result).change();
        if (change instanceof Upsert upsert) {
            offers++;
            if (first.size() < SHOWN) {
                first.add(upsert);
            }
        } else {
            deletions++;
        }
    }

    /** Records that would be refused. */
    public long refusedCount() {
        return refusedCount;
    }

    /** For a terminal; lines with a line feed each. */
    public String text() {
        StringBuilder text = new StringBuilder();
        if (!first.isEmpty()) {
            text.append("The first offers:\n").append(indent(table()));
        }
        text.append(String.format(
                Locale.ROOT,
                "Offers of the sample: %,d%s; refused: %,d%s\n",
                offers,
                deletions == 0 ? "" : String.format(Locale.ROOT, "; deletions: %,d", deletions),
                refusedCount,
                refusedCount == 0 ? "." : ":"));
        refused.forEach((reason, refusals) -> text.append(
                String.format(Locale.ROOT, "  %s  %,d, such as: %s\n", reason, refusals.count, refusals.example)));
        return text.toString();
    }

    private Columns table() {
        Columns table = new Columns("id", "name", "company", "category", "place", "date").left();
        for (Upsert upsert : first) {
            Offer offer = upsert.offer();
            table.row(
                    cell(offer.id()),
                    cell(offer.name()),
                    cell(offer.company()),
                    cell(category(offer)),
                    cell(place(offer)),
                    offer.hasPublishedAt()
                            ? Instant.ofEpochMilli(offer.publishedAtMillis()).toString()
                            : "-");
        }
        return table;
    }

    private static String category(Offer offer) {
        return offer.details().category() != null
                ? offer.details().category()
                : offer.hasProfession() ? "profession " + offer.professionId() : null;
    }

    private static String place(Offer offer) {
        String degrees = offer.hasLocation()
                ? String.format(Locale.ROOT, "%.4f,%.4f", offer.latitude(), offer.longitude())
                : null;
        return Stream.of(degrees, offer.details().city(), offer.details().country())
                .filter(part -> part != null)
                .collect(Collectors.joining(" "));
    }

    private static String cell(String text) {
        return text == null || text.isEmpty() ? "-" : PlainText.excerpt(text, LONGEST_CELL);
    }

    private static String indent(Columns table) {
        return table.toString().lines().map(line -> "  " + line + "\n").collect(Collectors.joining());
    }
}
