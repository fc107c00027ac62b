package org.offerstorm.tools.produce;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVRecord;
import org.offerstorm.core.text.Blanks;
import org.offerstorm.core.text.NormalForm;

/** Makes a row's cells an offer in JSON. One thread. */
final class RowJson {
    static final List<String> REQUIRED =
            List.of("profession_id", "contract_type", "name", "office_latitude", "office_longitude");
    private static final List<String> OPTIONAL = List.of("company", "description", "published_at");
    private static final String ID = "id";

    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");
    /** Tables with gaps export whole numbers so. */
    private static final Pattern WHOLE = Pattern.compile("(-?(?:0|[1-9][0-9]*))\\.0+");

    private final JsonFactory factory = JsonFactory.builder()
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .build();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final List<String> header;
    private final int id;
    private final int profession;

    /**
     * @param header names in their normal form
     * @param hint what the header seems to be instead; empty if nothing is known
     * @throws BadInput if a column is missing, or there twice
     */
    RowJson(List<String> header, String source, String hint) throws BadInput {
        if (header.isEmpty()) {
            throw new BadInput(
                    source + " is empty; a CSV begins with a header that names " + String.join(",", REQUIRED));
        }
        List<String> missing =
                REQUIRED.stream().filter(column -> !header.contains(column)).toList();
        if (!missing.isEmpty()) {
            throw new BadInput(source + ":1: the header lacks " + String.join(", ", missing) + "; "
                    + InputSource.inspectHint(source) + "; without one it must name "
                    + String.join(",", REQUIRED) + ", and reads '" + printable(String.join(",", header)) + "'"
                    + (hint.isEmpty() ? "" : "; " + hint));
        }
        for (String column : header) {
            if (isOurs(column) && header.indexOf(column) != header.lastIndexOf(column)) {
                throw new BadInput(source + ":1: the header names " + column + " twice");
            }
        }
        this.header = header;
        this.id = header.indexOf(ID);
        this.profession = header.indexOf("profession_id");
    }

    /** Whether the row names the columns; it costs little for a row that has a number where the profession is. */
    boolean isHeader(CSVRecord cells) {
        if (cells.size() <= profession || !isWord(cells.get(profession))) {
            return false;
        }
        return cells.stream().map(NormalForm::of).toList().containsAll(REQUIRED);
    }

    private static boolean isWord(String cell) {
        return !cell.isEmpty() && cell.charAt(0) > '9';
    }

    Input item(CSVRecord cells, long row, long line) throws IOException {
        String key = id < 0 ? "row-" + row : cells.get(id);
        if (Blanks.isBlank(key)) {
            return new Input.Skipped(line, "row " + row + " has a blank id");
        }
        bytes.reset();
        try (JsonGenerator json = factory.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField(ID, key);
            for (int i = 0; i < header.size(); i++) {
                String cell = cells.get(i);
                if (i != id && isOurs(header.get(i)) && !Blanks.isBlank(cell)) {
                    write(json, header.get(i), cell);
                }
            }
            json.writeEndObject();
        }
        return new Input.Item(key.getBytes(StandardCharsets.UTF_8), bytes.toByteArray(), line);
    }

    private static void write(JsonGenerator json, String column, String cell) throws IOException {
        json.writeFieldName(column);
        boolean whole = column.equals("profession_id");
        if (!whole && !column.startsWith("office_")) {
            json.writeString(cell);
            return;
        }
        String number = Blanks.strip(cell);
        if (whole && WHOLE.matcher(number).matches()) {
            number = number.substring(0, number.indexOf('.'));
        }
        if (NUMBER.matcher(number).matches()) {
            json.writeNumber(number);
        } else {
            json.writeString(cell); // no number: the pipeline refuses it as bad_type
        }
    }

    private static boolean isOurs(String column) {
        return column.equals(ID) || REQUIRED.contains(column) || OPTIONAL.contains(column);
    }

    private static String printable(String header) {
        String cut = header.length() > 200 ? header.substring(0, 200) + "…" : header;
        return cut.replaceAll("\\p{Cntrl}", "\uFFFD");
    }
}
