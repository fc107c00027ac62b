package org.offerstorm.tools.produce;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.offerstorm.core.input.CsvHints;
import org.offerstorm.core.parse.Limits;
import org.offerstorm.core.text.Blanks;
import org.offerstorm.core.text.Quote;

/**
 * The rows of a CSV with a header, each as a JSON object {@code {"header": "cell", …}}. A cell is kept as it is; a blank one
 * is absent. A column without name is called by its number, {@code column-3}. Rows may have blank cells more than the header;
 * one whose number of cells differs otherwise is not a record, because nothing says which cell is which.
 */
final class CsvRecords implements FileRecords {
    private static final CSVFormat FORMAT =
            CSVFormat.RFC4180.builder().setIgnoreEmptyLines(false).get();

    private final JsonFactory factory = JsonFactory.builder()
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .build();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final String name;
    private final char delimiter;
    private final RowLimit text;
    private final CSVParser csv;
    private final Iterator<CSVRecord> rows;
    private final List<String> header;
    private long row;

    /**
     * Reads the header.
     *
     * @param name of the file, for messages
     * @throws BadInput if there is no header, or it names a column twice
     */
    CsvRecords(Reader text, String name, char delimiter) throws IOException {
        this.name = name;
        this.delimiter = delimiter;
        this.text = new RowLimit(text, () -> name + ": the row after row " + row);
        this.csv = FORMAT.builder().setDelimiter(delimiter).get().parse(this.text);
        this.rows = csv.iterator();
        this.header = header();
    }

    private List<String> header() throws IOException {
        long line = 1;
        CSVRecord cells = read();
        while (cells != null && (isBlankFrom(cells, 0) || Delimiters.isDeclaration(cells.toList()))) {
            line = csv.getCurrentLineNumber() + 1;
            cells = read();
        }
        if (cells == null) {
            throw new BadInput(name + " is empty; a CSV begins with a header that names its columns");
        }
        List<String> names = new ArrayList<>();
        Set<String> distinct = new HashSet<>();
        for (String cell : cells) {
            String column = Blanks.strip(cell);
            if (Blanks.isBlank(column)) {
                column = unnamed(names.size());
            }
            if (!distinct.add(column)) {
                throw new BadInput(name + ":" + line + ": the header names " + Quote.of(column) + " twice (columns "
                        + (names.indexOf(column) + 1) + " and " + (names.size() + 1) + "); rename one of them");
            }
            names.add(column);
        }
        return names;
    }

    @Override
    public FileRecord next() throws IOException {
        long line = csv.getCurrentLineNumber() + 1;
        CSVRecord cells = read();
        while (cells != null && cells.size() == 1 && Blanks.isBlank(cells.get(0))) {
            line = csv.getCurrentLineNumber() + 1; // a blank line is not a row
            cells = read();
        }
        if (cells == null) {
            return null;
        }
        row++;
        if (isHeader(cells)) {
            return new FileRecord.Unreadable("row " + row + " is the header again; were files joined?", line, row);
        }
        if (cells.size() < header.size() || !isBlankFrom(cells, header.size())) {
            return new FileRecord.Unreadable(ragged(cells), line, row);
        }
        byte[] json = json(cells);
        return json.length > Limits.DOCUMENT_BYTES
                ? new FileRecord.Unreadable(
                        "row " + row + " is longer than " + Limits.DOCUMENT_BYTES + " bytes as JSON", line, row)
                : new FileRecord.Value(json, line, row);
    }

    private String ragged(CSVRecord cells) {
        return "row " + row + " has " + cells.size() + (cells.size() == 1 ? " cell" : " cells") + ", the header "
                + header.size() + "; "
                + (CsvHints.hasTypographicQuotes(cells)
                        ? "its quotes are typographic (“ ”), write straight ones (\")"
                        : "is a '" + Delimiters.shown(delimiter) + "' or a line end in a cell not quoted?");
    }

    /** Whether it has the header's names; blank where the header is blank. */
    private boolean isHeader(CSVRecord cells) {
        boolean same = header.size() > 1 && cells.size() == header.size();
        for (int i = 0; same && i < header.size(); i++) {
            String cell = Blanks.strip(cells.get(i));
            same = cell.equals(header.get(i))
                    || (Blanks.isBlank(cell) && header.get(i).equals(unnamed(i)));
        }
        return same;
    }

    private static String unnamed(int index) {
        return "column-" + (index + 1);
    }

    private byte[] json(CSVRecord cells) throws IOException {
        bytes.reset();
        try (JsonGenerator json = factory.createGenerator(bytes)) {
            json.writeStartObject();
            for (int i = 0; i < header.size(); i++) {
                if (!Blanks.isBlank(cells.get(i))) {
                    json.writeStringField(header.get(i), cells.get(i));
                }
            }
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }

    private CSVRecord read() throws IOException {
        text.beginRow();
        long line = csv.getCurrentLineNumber() + 1;
        try {
            return rows.hasNext() ? rows.next() : null;
        } catch (UncheckedIOException e) {
            IOException cause = e.getCause();
            if (cause instanceof BadInput) {
                throw cause;
            }
            throw new BadInput(name + ":" + line + ": " + CsvHints.explain(cause.getMessage()), cause);
        }
    }

    private static boolean isBlankFrom(CSVRecord cells, int from) {
        for (int i = from; i < cells.size(); i++) {
            if (!Blanks.isBlank(cells.get(i))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public char delimiter() {
        return delimiter;
    }

    @Override
    public void close() throws IOException {
        csv.close();
    }
}
