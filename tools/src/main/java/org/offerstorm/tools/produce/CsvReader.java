package org.offerstorm.tools.produce;

import java.io.FilterReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * One offer a row (RFC 4180, UTF-8), with a header that names the columns in any order. The row's number makes the id,
 * {@code row-1} for the first behind the header, unless there is a column {@code id}. A blank cell is an absent field.
 * What is odd inside a row goes on as it is, for the pipeline to refuse visibly: half a pair of coordinates, a text for
 * a number. Only rows whose number of cells differs from the header's are skipped, because nothing says which cell is which.
 */
final class CsvReader implements RecordReader {
    private static final CSVFormat FORMAT =
            CSVFormat.RFC4180.builder().setIgnoreEmptyLines(false).get();
    private static final int MAX_ROW = 1 << 21;

    private final String source;
    private final Bounded text;
    private final CSVParser csv;
    private final Iterator<CSVRecord> rows;
    private final RowJson json;
    private final int columns;
    private long row;

    /** @throws BadInput if the header lacks a column */
    CsvReader(InputStream in, String source) throws IOException {
        this.source = source;
        this.text = new Bounded(new InputStreamReader(
                in,
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT)));
        this.csv = FORMAT.parse(text);
        this.rows = csv.iterator();
        CSVRecord header = read();
        List<String> names =
                header == null ? List.of() : header.stream().map(String::strip).toList();
        this.json = new RowJson(names, source);
        this.columns = names.size();
    }

    @Override
    public Input next() throws IOException {
        long line = csv.getCurrentLineNumber() + 1;
        CSVRecord cells = read();
        while (cells != null && cells.size() == 1 && cells.get(0).isBlank()) {
            line = csv.getCurrentLineNumber() + 1; // a blank line is no row
            cells = read();
        }
        if (cells == null) {
            return null;
        }
        row++;
        if (cells.size() < columns || !isBlankFrom(cells, columns)) {
            return new Input.Skipped(
                    line,
                    "row " + row + " has " + cells.size() + " cells, the header " + columns
                            + "; is a comma not quoted?");
        }
        return json.item(cells, row, line);
    }

    @Override
    public void close() throws IOException {
        csv.close();
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
            if (cause instanceof CharacterCodingException) {
                throw new BadInput(
                        source + ":" + line + ": not UTF-8, here or within the next 8,192 characters; convert it first,"
                                + " for instance with iconv -f LATIN1 -t UTF-8",
                        cause);
            }
            throw new BadInput(source + ":" + line + ": " + why(cause), cause);
        }
    }

    /** The library's messages name its own terms; of what it refuses, all is about quotes. */
    private static String why(IOException refused) {
        String message = String.valueOf(refused.getMessage());
        if (message.contains("EOF reached before encapsulated token finished")) {
            return "a quote (\") opens a cell in this row and is never closed; close it, or double it if it belongs to the"
                    + " text (\"\" within a quoted cell)";
        }
        if (message.contains("between encapsulated token and delimiter")) {
            return "text follows a closing quote (\"); write a quote that belongs to the text twice (\"\")";
        }
        return "no CSV: " + message;
    }

    private static boolean isBlankFrom(CSVRecord cells, int from) {
        for (int i = from; i < cells.size(); i++) {
            if (!cells.get(i).isBlank()) {
                return false;
            }
        }
        return true;
    }

    /** Ends a row that has no end: a quote that is never closed would take the rest of a file into memory. */
    private final class Bounded extends FilterReader {
        private long length;

        Bounded(Reader in) {
            super(in);
        }

        void beginRow() {
            length = 0;
        }

        @Override
        public int read(char[] chars, int offset, int count) throws IOException {
            int n = super.read(chars, offset, count);
            length += Math.max(n, 0);
            if (length > MAX_ROW) {
                throw new BadInput(source + ": the row behind row " + row + " is longer than " + MAX_ROW
                        + " characters; is a quote never closed?");
            }
            return n;
        }
    }
}
