package org.offerstorm.tools.deadletters;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.Writer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.offerstorm.core.config.SourceConfig;
import org.offerstorm.core.text.PlainText;
import org.offerstorm.core.text.Quote;

/** What {@code dlq ls} writes. All formats write plain characters only, no matter what keys and headers hold. */
public enum ListFormat {
    /** A table for people. */
    TEXT {
        @Override
        LetterList.Rows open(SourceConfig source, Appendable out) {
            return new TextRows(source, out);
        }
    },
    /** One object, as docs/dead-letters.md describes it; in ASCII. */
    JSON {
        @Override
        LetterList.Rows open(SourceConfig source, Appendable out) throws IOException {
            return new JsonRows(source, out);
        }
    },
    /** With a header line; what is not plain as in JSON's escapes, and backslashes of keys doubled. */
    CSV {
        @Override
        LetterList.Rows open(SourceConfig source, Appendable out) throws IOException {
            return new CsvRows(source, out);
        }
    };

    abstract LetterList.Rows open(SourceConfig source, Appendable out) throws IOException;

    static String time(long millis) {
        return Instant.ofEpochMilli(millis).truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** {@code bad_json 2, bad_type 1}. */
    static String describe(Map<String, Long> byReason) {
        return byReason.entrySet().stream()
                .map(reason ->
                        PlainText.of(reason.getKey()) + " " + String.format(Locale.ROOT, "%,d", reason.getValue()))
                .collect(Collectors.joining(", "));
    }

    /** What is said when nothing is chosen. */
    static String none(long all) {
        return all == 0 ? "no dead letters" : String.format(Locale.ROOT, "none of the %,d dead letters is chosen", all);
    }

    private record TextRows(SourceConfig source, Appendable out) implements LetterList.Rows {
        @Override
        public void row(LetterRow row) throws IOException {
            out.append(String.format(
                    Locale.ROOT,
                    "%-12s  %-20s  %-5s  %-22s  %9s  %s%n",
                    row.position().shown(source),
                    time(row.refusedAtMillis()),
                    PlainText.of(row.stage()),
                    PlainText.of(row.reason()),
                    row.valueBytes() < 0 ? "none" : String.format(Locale.ROOT, "%,d", row.valueBytes()),
                    Quote.of(row.key())));
        }

        @Override
        public void end(long all, long count, long shown, Map<String, Long> byReason) throws IOException {
            if (count == 0) {
                out.append(none(all)).append('\n');
                return;
            }
            out.append(String.format(
                    Locale.ROOT,
                    "%,d %s: %s%s%n",
                    count,
                    count == 1 ? "dead letter" : "dead letters",
                    describe(byReason),
                    shown < count
                            ? String.format(Locale.ROOT, "; above are the newest %,d, --limit 0 shows all", shown)
                            : ""));
        }
    }

    private static final class CsvRows implements LetterList.Rows {
        private final SourceConfig source;
        private final Appendable out;

        CsvRows(SourceConfig source, Appendable out) throws IOException {
            this.source = source;
            this.out = out;
            out.append("position,refused_at,stage,reason,value_bytes,key,detail\n");
        }

        @Override
        public void row(LetterRow row) throws IOException {
            out.append(row.position().shown(source))
                    .append(',')
                    .append(time(row.refusedAtMillis()))
                    .append(',')
                    .append(field(row.stage()))
                    .append(',')
                    .append(field(row.reason()))
                    .append(',')
                    .append(row.valueBytes() < 0 ? "" : Integer.toString(row.valueBytes()))
                    .append(',')
                    .append(row.key() == null ? "" : quoted(Quote.line(row.key())))
                    .append(',')
                    .append(field(row.detail()))
                    .append('\n');
        }

        @Override
        public void end(long all, long count, long shown, Map<String, Long> byReason) {
            // the rows are all
        }

        private static String field(String text) {
            return quoted(PlainText.of(text));
        }

        private static String quoted(String text) {
            return '"' + text.replace("\"", "\"\"") + '"';
        }
    }

    private static final class JsonRows implements LetterList.Rows {
        private final SourceConfig source;
        private final Appendable out;
        private final JsonGenerator json;

        JsonRows(SourceConfig source, Appendable out) throws IOException {
            this.source = source;
            this.out = out;
            json = generator(out);
            json.writeStartObject();
            json.writeArrayFieldStart("letters");
        }

        @Override
        public void row(LetterRow row) throws IOException {
            json.writeStartObject();
            LetterJson.write(json, source, row);
            json.writeEndObject();
        }

        @Override
        public void end(long all, long count, long shown, Map<String, Long> byReason) throws IOException {
            json.writeEndArray();
            json.writeNumberField("count", count);
            json.writeNumberField("shown", shown);
            json.writeObjectFieldStart("by_reason");
            for (Map.Entry<String, Long> reason : byReason.entrySet()) {
                json.writeNumberField(reason.getKey(), reason.getValue());
            }
            json.writeEndObject();
            json.writeEndObject();
            json.flush();
            out.append('\n');
        }
    }

    /** One that writes ASCII alone. */
    static JsonGenerator generator(Appendable out) throws IOException {
        return new JsonFactory()
                .createGenerator(new Appender(out))
                .setHighestNonEscapedChar('~')
                .useDefaultPrettyPrinter();
    }

    private static final class Appender extends Writer {
        private final Appendable out;

        Appender(Appendable out) {
            this.out = out;
        }

        @Override
        public void write(char[] buffer, int offset, int length) throws IOException {
            out.append(new String(buffer, offset, length));
        }

        @Override
        public void flush() {
            // the command's own
        }

        @Override
        public void close() {
            // the command's own
        }
    }
}
