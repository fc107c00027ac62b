package org.offerstorm.tools.produce;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.offerstorm.core.input.CsvHints;
import org.offerstorm.core.input.DataSource;
import org.offerstorm.core.input.FileKind;
import org.offerstorm.core.text.Blanks;
import org.offerstorm.core.text.NormalForm;

/**
 * One offer a row (RFC 4180, UTF-8), with a header that names the columns in any order. The row's number makes the id,
 * {@code row-1} for the first behind the header, unless there is a column {@code id}. A blank cell is an absent field.
 * What is odd inside a row goes on as it is, for the pipeline to refuse visibly: half a pair of coordinates, a text for
 * a number. Only rows whose number of cells differs from the header's are skipped, because nothing says which cell is which.
 */
final class CsvReader implements RecordReader {
    private static final CSVFormat FORMAT =
            CSVFormat.RFC4180.builder().setIgnoreEmptyLines(false).get();

    private final String source;
    private final DataSource data;
    private final String target;
    private final List<String> names;
    private final RowLimit text;
    private final CSVParser csv;
    private final Iterator<CSVRecord> rows;
    private final RowJson json;
    private final int columns;
    private long row;

    /**
     * @param data where the text comes from, for commands in messages
     * @param head first lines of the text, which are also to be read
     * @throws BadInput if the header lacks a column
     */
    CsvReader(InputStream in, String source, DataSource data, String head, String target) throws IOException {
        this.source = source;
        this.data = data;
        this.target = target;
        this.text = new RowLimit(
                new InputStreamReader(
                        in,
                        StandardCharsets.UTF_8
                                .newDecoder()
                                .onMalformedInput(CodingErrorAction.REPORT)
                                .onUnmappableCharacter(CodingErrorAction.REPORT)),
                () -> source + ": the row behind row " + row);
        this.csv = FORMAT.parse(text);
        this.rows = csv.iterator();
        this.names = header(head);
        this.json = new RowJson(names, source, CsvHints.ofHeader(head, RowJson.REQUIRED));
        this.columns = names.size();
    }

    /** Its names in their normal form, after blank lines and Excel's {@code sep=,}; none if the file has no more. */
    private List<String> header(String head) throws IOException {
        long line = 1;
        try {
            CSVRecord header = read();
            while (header != null && (isBlankFrom(header, 0) || CsvHints.isSeparatorLine(header.toList()))) {
                line = csv.getCurrentLineNumber() + 1;
                header = read();
            }
            return header == null
                    ? List.of()
                    : header.stream().map(NormalForm::of).toList();
        } catch (BadInput e) {
            String hint = CsvHints.ofHeader(head, RowJson.REQUIRED);
            throw hint.isEmpty() ? e : new BadInput(source + ":" + line + ": " + hint, e);
        }
    }

    @Override
    public Input next() throws IOException {
        long line = csv.getCurrentLineNumber() + 1;
        CSVRecord cells = read();
        while (cells != null && cells.size() == 1 && Blanks.isBlank(cells.get(0))) {
            line = csv.getCurrentLineNumber() + 1; // a blank line is no row
            cells = read();
        }
        if (cells == null) {
            return null;
        }
        row++;
        if (json.isHeader(cells)) {
            return headerAgain(cells, line);
        }
        if (cells.size() < columns || !isBlankFrom(cells, columns)) {
            return new Input.Skipped(
                    line,
                    "row " + row + " has " + cells.size() + " cells, the header " + columns + "; "
                            + (CsvHints.hasTypographicQuotes(cells)
                                    ? "its quotes are typographic (“ ”), write straight ones (\")"
                                    : "is a comma not quoted?"));
        }
        return json.item(cells, row, line);
    }

    private Input headerAgain(CSVRecord cells, long line) throws BadInput {
        if (cells.stream().map(NormalForm::of).toList().equals(names)) {
            return new Input.Skipped(line, "row " + row + " is the header again; were files joined?");
        }
        throw new BadInput(source + ":" + line + ": another header begins here, with other columns or in another order;"
                + " were files joined? Send them one by one");
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
                        source + ":" + line + ": not UTF-8, here or within the next 8,192 characters; "
                                + FileKind.LATIN.remedy(data, target),
                        cause);
            }
            throw new BadInput(source + ":" + line + ": " + CsvHints.explain(cause.getMessage()), cause);
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
}
