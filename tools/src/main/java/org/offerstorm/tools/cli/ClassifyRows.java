package org.offerstorm.tools.cli;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.offerstorm.core.geo.Continents;
import org.offerstorm.core.geo.Explanation;
import org.offerstorm.core.input.CsvHints;
import org.offerstorm.core.input.DataSource;
import org.offerstorm.core.input.FileKind;
import org.offerstorm.core.input.FirstBytes;
import org.offerstorm.core.text.Blanks;
import org.offerstorm.core.text.NormalForm;
import org.offerstorm.core.text.PlainText;
import org.offerstorm.tools.cli.RawCsvReader.Row;
import org.offerstorm.tools.terminal.Terminals;

/** The rows of {@code classify --csv}: streamed, each as it came, with three columns added. */
final class ClassifyRows {
    /** What JSON and people write; not NaN, hexadecimal or Java's suffixes. */
    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d{1,4})?");

    private static final int LONGEST_NUMBER = 64;
    private static final int SHOWN = 20;
    private static final String BYTE_ORDER_MARK = latin("\uFEFF");
    private static final int STEP = 1000;

    private final Continents continents;
    private final String latitudeName;
    private final String longitudeName;
    private final PrintWriter err;
    private int columns;
    private int latitude;
    private int longitude;
    private long count;
    private long bad;

    /** The header lacks a column, or has it twice. */
    static final class NoSuchColumn extends Exception {
        private NoSuchColumn(String message) {
            super(message);
        }
    }

    ClassifyRows(Continents continents, String latitudeName, String longitudeName, PrintWriter err) {
        this.continents = continents;
        this.latitudeName = latitudeName;
        this.longitudeName = longitudeName;
        this.err = err;
    }

    /** Rows classified so far. */
    long count() {
        return count;
    }

    /**
     * @return whether every row had a valid position, or an empty one
     * @throws IOException if a stream fails, or a row is longer than {@link RawCsvReader} takes
     */
    boolean run(InputStream in, OutputStream target) throws IOException, NoSuchColumn {
        long start = System.nanoTime();
        BufferedInputStream buffered = new BufferedInputStream(in, FileKind.HEAD);
        byte[] head = FirstBytes.of(buffered);
        checkKind(head);
        RawCsvReader reader = new RawCsvReader(buffered);
        OutputStream out = new BufferedOutputStream(target, 1 << 16);
        Row header = reader.next();
        if (header != null && CsvHints.isSeparatorLine(names(header))) {
            out.write((header.raw() + header.end()).getBytes(StandardCharsets.ISO_8859_1));
            header = reader.next();
        }
        readHeader(header, CsvHints.ofHeader(FirstBytes.text(head), List.of(latitudeName, longitudeName)));
        write(out, header, "continent", "how", "km");
        try (ProgressBar bar = Terminals.isError() ? bar() : null) {
            for (Row row = reader.next(); row != null; row = reader.next()) {
                if (row.raw().isEmpty() && columns > 1) {
                    out.write(row.end().getBytes(StandardCharsets.ISO_8859_1));
                    continue;
                }
                classify(out, row);
                count++;
                if (bar != null && count % STEP == 0) {
                    bar.stepTo(count);
                }
            }
        } finally {
            out.flush();
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        err.printf(
                Locale.ROOT,
                "classified %d rows in %.1f s, %.0f rows/s; %d without a valid position%n",
                count,
                seconds,
                count / Math.max(seconds, 1e-3),
                bad);
        err.flush();
        return bad == 0;
    }

    private static ProgressBar bar() {
        return new ProgressBarBuilder()
                .setTaskName("classify")
                .setInitialMax(-1)
                .setUnit(" rows", 1)
                .showSpeed()
                .setConsumer(new ConsoleProgressBarConsumer(System.err))
                .build();
    }

    private void checkKind(byte[] head) throws NoSuchColumn {
        Optional<FileKind> foreign = FileKind.of(head);
        if (foreign.isPresent()) {
            throw new NoSuchColumn("standard input is " + foreign.get().what() + ", not CSV; "
                    + foreign.get()
                            .remedy(
                                    DataSource.standardInput(),
                                    "| ./offerstorm classify --csv " + latitudeName + "," + longitudeName));
        }
    }

    private void readHeader(Row header, String hint) throws NoSuchColumn {
        List<String> names = header == null ? List.of() : names(header);
        columns = names.size();
        latitude = column(names, latitudeName, hint);
        longitude = column(names, longitudeName, hint);
    }

    /** As text, without a byte order mark. */
    private static List<String> names(Row header) {
        List<String> names = new ArrayList<>(header.fields());
        if (names.get(0).startsWith(BYTE_ORDER_MARK)) {
            names.set(0, RawCsvReader.unquoted(names.get(0).substring(BYTE_ORDER_MARK.length())));
        }
        names.replaceAll(ClassifyRows::text);
        return names;
    }

    private static int column(List<String> names, String wanted, String hint) throws NoSuchColumn {
        List<String> normal = names.stream().map(NormalForm::of).toList();
        String name = NormalForm.of(wanted);
        int at = normal.indexOf(name);
        if (at < 0 || at != normal.lastIndexOf(name)) {
            throw new NoSuchColumn("the header has " + (at < 0 ? "no column" : "more than one column") + " '" + wanted
                    + "'; it reads: " + PlainText.excerpt(String.join(",", names), 200)
                    + (hint.isEmpty() ? "" : "; " + hint));
        }
        return at;
    }

    private void classify(OutputStream out, Row row) throws IOException {
        List<String> fields = row.fields();
        String why = null;
        if (row.unfinished()) {
            why = "the input ends within quotes";
        } else if (fields.size() > columns || fields.size() <= Math.max(latitude, longitude)) {
            why = "the row has " + fields.size() + " fields, the header " + columns;
        } else {
            String north = Blanks.strip(text(fields.get(latitude)));
            String east = Blanks.strip(text(fields.get(longitude)));
            if (north.isEmpty() && east.isEmpty()) {
                write(out, row, "UNKNOWN", "no position", "");
                return;
            }
            if (isNumber(north) && isNumber(east)) {
                try {
                    Explanation found = continents.explain(Double.parseDouble(north), Double.parseDouble(east));
                    write(out, row, found.continent().name(), found.how().label(), tenths(found.landKm()));
                    return;
                } catch (IllegalArgumentException e) {
                    why = e.getMessage();
                }
            } else {
                why = "'" + PlainText.excerpt(isNumber(north) ? east : north, 200) + "' is not a number";
            }
        }
        write(out, row, "", "invalid", "");
        if (++bad <= SHOWN) {
            err.println("line " + row.line() + ": " + why);
        } else if (bad == SHOWN + 1) {
            err.println("… and more");
        }
    }

    private static boolean isNumber(String text) {
        return text.length() <= LONGEST_NUMBER && NUMBER.matcher(text).matches();
    }

    private static String tenths(double km) {
        long tenths = Math.round(km * 10);
        return tenths % 10 == 0 ? Long.toString(tenths / 10) : tenths / 10 + "." + tenths % 10;
    }

    /** Fields that a short row lacks are put in, so that the new columns stand under their names. */
    private void write(OutputStream out, Row row, String continent, String how, String km) throws IOException {
        StringBuilder line = new StringBuilder(row.raw().length() + 40).append(row.raw());
        if (row.unfinished()) {
            line.append('"');
        }
        line.append(",".repeat(Math.max(0, columns - row.fields().size())));
        line.append(',').append(continent).append(',').append(how).append(',').append(km);
        out.write(line.append(row.end().isEmpty() ? "\n" : row.end()).toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String text(String latin) {
        return new String(latin.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    /** As {@link RawCsvReader} has it: each byte of the UTF-8 form a character. */
    private static String latin(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}
