package org.offerstorm.core.reference;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.offerstorm.core.input.CsvHints;
import org.offerstorm.core.input.DataSource;
import org.offerstorm.core.input.FileKind;
import org.offerstorm.core.model.Cell;
import org.offerstorm.core.reference.Professions.Profession;
import org.offerstorm.core.text.Blanks;
import org.offerstorm.core.text.NormalForm;

/**
 * Reads the table of professions: CSV (RFC 4180) in UTF-8 with a header that names the columns {@code id}, {@code name}
 * and {@code category_name}; others are ignored. Categories that look alike ({@link NormalForm}) are one. Called once,
 * before a topology is submitted.
 */
public final class ProfessionsReader {
    /** Longest category, in chars: it is a column's head in every table. */
    static final int MAX_CATEGORY = 100;

    private static final long MAX_ID = 1L << 53; // survives a double
    private static final List<String> COLUMNS = List.of("id", "name", "category_name");
    private static final Set<String> RESERVED = Set.of(Cell.NO_PROFESSION, Cell.OTHER);
    private static final CSVFormat FORMAT =
            CSVFormat.RFC4180.builder().setIgnoreEmptyLines(false).get();

    private final String source;
    private final List<String> problems = new ArrayList<>();
    private final Map<Long, Long> lineOfId = new HashMap<>();
    private final List<Profession> table = new ArrayList<>();

    private ProfessionsReader(String source) {
        this.source = source;
    }

    /**
     * Reads a file.
     *
     * @throws BadProfessions if anything in it is wrong; lists all problems at once
     * @throws IOException if the file cannot be read
     */
    public static Professions read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return read(in, file.toString());
        } catch (NoSuchFileException e) {
            throw new IOException(
                    "no table of professions at " + file + "; give the path of a CSV with the header "
                            + String.join(",", COLUMNS),
                    e);
        }
    }

    /**
     * Reads a stream, for instance the table that the jar brings. Does not close it.
     *
     * @param source name of the stream in messages
     * @throws BadProfessions if anything in it is wrong
     */
    public static Professions read(InputStream in, String source) throws IOException {
        ProfessionsReader reader = new ProfessionsReader(source);
        reader.readAll(reader.decode(in.readAllBytes()));
        if (!reader.problems.isEmpty()) {
            throw new BadProfessions(source, reader.problems);
        }
        return new Professions(oneSpelling(reader.table));
    }

    /** Categories that look alike are one: each gets the spelling of its lowest id, no matter how the lines are sorted. */
    private static List<Profession> oneSpelling(List<Profession> table) {
        Map<String, Profession> first = new HashMap<>();
        for (Profession line : table) {
            first.merge(NormalForm.of(line.category()), line, (a, b) -> a.id() < b.id() ? a : b);
        }
        return table.stream()
                .map(line -> new Profession(
                        line.id(),
                        line.name(),
                        first.get(NormalForm.of(line.category())).category()))
                .toList();
    }

    private String decode(byte[] bytes) {
        FileKind.of(bytes).filter(kind -> !kind.isJson()).ifPresent(kind -> {
            problem(
                    1,
                    "is " + kind.what() + "; " + kind.remedy(DataSource.file(source), DataSource.intoNewFile(source)));
            throw new BadProfessions(source, problems);
        });
        ByteBuffer from = ByteBuffer.wrap(bytes);
        CharBuffer to = CharBuffer.allocate(bytes.length);
        if (StandardCharsets.UTF_8.newDecoder().decode(from, to, true).isError()) {
            problem(
                    1 + lineEnds(bytes, from.position()),
                    "not UTF-8; save the file as UTF-8, or "
                            + FileKind.LATIN.remedy(DataSource.file(source), DataSource.intoNewFile(source)));
            throw new BadProfessions(source, problems);
        }
        String text = to.flip().toString();
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private static long lineEnds(byte[] bytes, int end) {
        long lines = 0;
        for (int i = 0; i < end; i++) {
            lines += bytes[i] == '\n' ? 1 : 0;
        }
        return lines;
    }

    private void readAll(String text) throws IOException {
        long line = 1;
        int[] columns = null;
        try (CSVParser csv = FORMAT.parse(new StringReader(text))) {
            Iterator<CSVRecord> records = csv.iterator();
            while (records.hasNext()) {
                CSVRecord record = records.next();
                if (isBlank(record) || (columns == null && CsvHints.isSeparatorLine(record.toList()))) {
                    line = csv.getCurrentLineNumber() + 1;
                    continue; // an empty line; the library would not count it
                }
                if (columns == null) {
                    columns = columns(record, line, CsvHints.ofHeader(text, COLUMNS));
                } else {
                    take(record, columns, line);
                }
                line = csv.getCurrentLineNumber() + 1;
            }
            if (columns == null) {
                problem(1, "the file is empty; the header " + String.join(",", COLUMNS) + " is missing");
            }
        } catch (UncheckedIOException e) {
            String hint = columns == null ? CsvHints.ofHeader(text, COLUMNS) : "";
            problem(line, hint.isEmpty() ? CsvHints.explain(e.getCause().getMessage()) : hint);
        }
    }

    private static boolean isBlank(CSVRecord record) {
        return record.size() == 1 && Blanks.isBlank(record.get(0));
    }

    private int[] columns(CSVRecord header, long line, String hint) {
        List<String> names = header.stream().map(NormalForm::of).toList();
        if (!hint.isEmpty() && !names.containsAll(COLUMNS)) {
            problem(line, "the header is '" + printable(String.join(",", names)) + "'; " + hint);
            throw new BadProfessions(source, problems);
        }
        int[] columns = new int[COLUMNS.size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = names.indexOf(COLUMNS.get(i));
            if (columns[i] < 0) {
                problem(
                        line,
                        "the column '" + COLUMNS.get(i) + "' is missing; the header is '"
                                + printable(String.join(",", names)) + "'");
            } else if (names.lastIndexOf(COLUMNS.get(i)) != columns[i]) {
                problem(line, "the column '" + COLUMNS.get(i) + "' is there twice");
            }
        }
        if (!problems.isEmpty()) {
            throw new BadProfessions(source, problems); // without columns nothing more can be checked
        }
        return columns;
    }

    private void take(CSVRecord record, int[] columns, long line) {
        int before = problems.size();
        for (int i = 0; i < columns.length; i++) {
            if (columns[i] >= record.size()) {
                problem(
                        line,
                        "the line has " + record.size() + " columns, but '" + COLUMNS.get(i) + "' is column "
                                + (columns[i] + 1));
                return;
            }
        }
        long id = id(Blanks.strip(record.get(columns[0])), line);
        String name = Blanks.strip(record.get(columns[1]));
        String category = Blanks.strip(record.get(columns[2]));
        checkText("name", name, line);
        checkText("category_name", category, line);
        if (category.indexOf('|') >= 0) {
            problem(
                    line,
                    "category_name '" + printable(category) + "' holds a '|', which separates category and continent");
        }
        if (category.length() > MAX_CATEGORY) {
            problem(line, "category_name has " + category.length() + " characters; at most " + MAX_CATEGORY);
        }
        if (RESERVED.contains(NormalForm.of(category))) {
            problem(line, "category_name '" + category + "' is reserved for offers without a known profession");
        }
        if (problems.size() == before) {
            table.add(new Profession(id, name, category));
        }
    }

    private long id(String text, long line) {
        long id;
        try {
            id = Long.parseLong(text);
        } catch (NumberFormatException e) {
            problem(line, "id '" + printable(text) + "' is not a whole number");
            return -1;
        }
        if (id < 0 || id > MAX_ID) {
            problem(line, "id " + id + " is outside 0 to 2^53");
            return -1;
        }
        Long first = lineOfId.putIfAbsent(id, line);
        if (first != null) {
            problem(line, "id " + id + " is already on line " + first);
        }
        return id;
    }

    private void checkText(String column, String text, long line) {
        if (text.isEmpty()) {
            problem(line, column + " is blank");
        } else if (text.chars().anyMatch(Character::isISOControl)) {
            problem(line, column + " '" + printable(text) + "' holds a control character");
        }
    }

    private void problem(long line, String what) {
        problems.add(source + ":" + line + ": " + what);
    }

    private static String printable(String text) {
        StringBuilder clean = new StringBuilder();
        for (int i = 0; i < text.length() && i < MAX_CATEGORY; i++) {
            clean.append(Character.isISOControl(text.charAt(i)) ? '\uFFFD' : text.charAt(i));
        }
        return clean.toString();
    }
}
