package org.offerstorm.tools.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import org.offerstorm.core.model.Continent;
import org.offerstorm.core.text.PlainText;

/** How a table is written. The names are the values of {@code --format}. */
public enum CountFormat {
    /** For people; columns wrap at the terminal's width. */
    TEXT {
        @Override
        public String write(CountTable table, int width) {
            return TextTable.render(table, width);
        }
    },
    /** RFC 4180, the table as it is shown, with totals; text that a spreadsheet would take for a formula is quoted. */
    CSV {
        @Override
        public String write(CountTable table, int width) {
            StringBuilder text = new StringBuilder("continent");
            table.categories().forEach(category -> text.append(',').append(csv(category)));
            text.append(",total\r\n");
            for (Continent continent : table.continents()) {
                text.append(continent.name());
                table.categories().forEach(category -> text.append(',').append(table.count(category, continent)));
                text.append(',').append(table.totalOf(continent)).append("\r\n");
            }
            text.append("total");
            table.categories().forEach(category -> text.append(',').append(table.totalOf(category)));
            return text.append(',').append(table.total()).append("\r\n").toString();
        }
    },
    /** {@code {"total":n,"cells":[{"category":…,"continent":…,"count":n},…]}}, cells of zero left out. */
    JSON {
        @Override
        public String write(CountTable table, int width) {
            StringWriter text = new StringWriter();
            try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
                json.writeStartObject();
                json.writeNumberField("total", table.total());
                json.writeArrayFieldStart("cells");
                for (String category : table.categories()) {
                    for (Continent continent : table.continents()) {
                        writeCell(json, category, continent, table.count(category, continent));
                    }
                }
                json.writeEndArray();
                json.writeEndObject();
            } catch (IOException e) {
                throw new UncheckedIOException("a string writer failed", e);
            }
            return text.append('\n').toString();
        }
    },
    /** A table for Markdown pages. */
    MD {
        @Override
        public String write(CountTable table, int width) {
            StringBuilder text = new StringBuilder("| |");
            table.categories()
                    .forEach(category ->
                            text.append(' ').append(markdown(category)).append(" |"));
            text.append(" Total |\n|---|")
                    .append("---:|".repeat(table.categories().size() + 1))
                    .append('\n');
            for (Continent continent : table.continents()) {
                text.append("| ").append(continent.name()).append(" |");
                table.categories().forEach(category -> text.append(' ')
                        .append(table.count(category, continent))
                        .append(" |"));
                text.append(' ').append(table.totalOf(continent)).append(" |\n");
            }
            text.append("| **Total** |");
            table.categories()
                    .forEach(category ->
                            text.append(' ').append(table.totalOf(category)).append(" |"));
            return text.append(" **").append(table.total()).append("** |\n").toString();
        }
    };

    /**
     * The whole table, with a line feed at its end.
     *
     * @param width columns of the terminal; only {@link #TEXT} looks at it
     */
    public abstract String write(CountTable table, int width);

    private static void writeCell(JsonGenerator json, String category, Continent continent, long count)
            throws IOException {
        if (count == 0) {
            return;
        }
        json.writeStartObject();
        json.writeStringField("category", category);
        json.writeStringField("continent", continent.name());
        json.writeNumberField("count", count);
        json.writeEndObject();
    }

    /**
     * A field that neither breaks the row nor runs: OWASP's list of the characters with which a spreadsheet's formula
     * may begin, each disarmed by a leading apostrophe.
     */
    private static String csv(String field) {
        String safe = !field.isEmpty() && "=+-@\t\r\n".indexOf(field.charAt(0)) >= 0 ? "'" + field : field;
        boolean quote = safe.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return quote ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
    }

    private static String markdown(String text) {
        StringBuilder escaped = new StringBuilder();
        PlainText.of(text).codePoints().forEach(c -> {
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '\\', '`', '*', '_', '[', ']', '|', '~', '$' ->
                    escaped.append('\\').appendCodePoint(c);
                default -> escaped.appendCodePoint(c);
            }
        });
        return escaped.toString();
    }
}
