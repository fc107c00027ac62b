package org.offerstorm.tools.produce;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.offerstorm.core.input.DataSource;
import org.offerstorm.core.input.FileKind;
import org.offerstorm.core.input.FirstBytes;
import org.offerstorm.core.mapping.FileLayout;

/**
 * The records of any file, as JSON objects: CSV with a header of any names, NDJSON, or JSON with arrays; plain, gzip or
 * Zstandard (told by the first bytes); in any encoding. What a mapping means by a record's fields does not matter here. One
 * thread.
 */
public final class RecordFile implements Closeable {
    /** No header of a CSV begins so. */
    private static final Pattern JSON_START = Pattern.compile("\\{\\s*\"|\\[\\s*\\{");

    private static final int BUFFER = 1 << 16;
    private static final long UNKNOWN = -1;

    /** What the bytes of a file are. */
    public enum Form {
        /** A header line, then a record a row. */
        CSV,
        /** A record a line. */
        JSON_LINES,
        /** An array of records, or records that follow each other over several lines. */
        JSON
    }

    private final String name;
    private final CountingInput counting;
    private final FileRecords records;
    private final Form form;
    private final FileLayout layout;
    private final long length;
    private long last;

    private RecordFile(
            String name, CountingInput counting, FileRecords records, Form form, FileLayout layout, long length) {
        this.name = name;
        this.counting = counting;
        this.records = records;
        this.form = form;
        this.layout = layout;
        this.length = length;
    }

    /**
     * Opens a file, or what has a name like one: a FIFO, {@code /dev/stdin}, a shell's {@code <(…)}.
     *
     * @param layout what the mapping says of the file; {@link FileLayout#USUAL} if nothing
     * @param format {@link InputFormat#AUTO}: as its layout, its name or its first character says
     * @throws BadInput if it is something else than text with records, or not as its layout says
     * @throws IOException if it cannot be opened
     */
    public static RecordFile open(Path file, FileLayout layout, InputFormat format) throws IOException {
        // Not Files.newInputStream: its stream seeks in order to say what is available, which a pipe cannot do.
        InputStream in = new FileInputStream(file.toFile());
        try {
            return open(
                    in,
                    file.toString(),
                    DataSource.file(file.toString()),
                    layout,
                    format,
                    Files.isRegularFile(file) ? Files.size(file) : UNKNOWN);
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        }
    }

    /** As the other, of a stream, which {@link #close()} closes. */
    public static RecordFile open(InputStream in, String name, FileLayout layout, InputFormat format)
            throws IOException {
        return open(in, name, DataSource.standardInput(), layout, format, UNKNOWN);
    }

    private static RecordFile open(
            InputStream raw, String name, DataSource source, FileLayout layout, InputFormat format, long length)
            throws IOException {
        CountingInput counting = new CountingInput(raw);
        BufferedInputStream packed = new BufferedInputStream(counting, BUFFER);
        BufferedInputStream in = unpacked(packed, name);
        String what = name + (in == packed ? " is " : " holds ");
        byte[] head = FirstBytes.of(in);
        TextEncoding encoding = TextEncoding.of(head, name, layout.encoding());
        refuseForeign(
                FileKind.binary(head, head.length)
                        .filter(kind -> !TextEncoding.isWide(kind) && (kind != FileKind.BINARY || encoding.isUtf8())),
                what,
                source);
        String start = encoding.look(head);
        Optional<FileKind> kind = FileKind.of(start.getBytes(StandardCharsets.UTF_8));
        refuseForeign(kind.filter(known -> !known.isJson()), what, source);
        Form form = form(layout, format, name, start, kind);
        FileRecords records =
                switch (form) {
                    case CSV ->
                        new CsvRecords(
                                new BufferedReader(new StrictDecoder(in, name, encoding), BUFFER),
                                name,
                                layout.delimiter() != 0 ? layout.delimiter() : delimiter(name, start));
                    case JSON_LINES -> new LineRecords(utf8(in, name, encoding));
                    case JSON -> new JsonRecords(utf8(in, name, encoding), name, layout.records());
                };
        FileLayout found = new FileLayout(layout.records(), encoding.name(), records.delimiter());
        return new RecordFile(name, counting, records, form, found, length);
    }

    /** The stream, unpacked if its first bytes are those of gzip or Zstandard. */
    public static BufferedInputStream unpacked(BufferedInputStream in, String name) throws IOException {
        byte[] head = FirstBytes.of(in);
        Optional<FileKind> kind = FileKind.binary(head, head.length);
        if (kind.equals(Optional.of(FileKind.GZIP))) {
            return new BufferedInputStream(new GzipInput(in, name), BUFFER);
        }
        return kind.equals(Optional.of(FileKind.ZSTD)) ? new BufferedInputStream(new ZstdInput(in, name), BUFFER) : in;
    }

    private static void refuseForeign(Optional<FileKind> kind, String what, DataSource source) throws BadInput {
        if (kind.isPresent()) {
            throw new BadInput(
                    what + kind.get().what() + "; " + kind.get().remedy(source, InputSource.PRODUCE + " --mapping …"));
        }
    }

    /** What is said counts before what is seen; a name that is not true of the content says nothing. */
    private static Form form(
            FileLayout layout, InputFormat format, String name, String start, Optional<FileKind> kind) {
        String first = start.stripLeading();
        boolean json = layout.records() != null
                || first.startsWith("[")
                || kind.filter(FileKind::isJson).isPresent();
        if (format == InputFormat.CSV) {
            return Form.CSV;
        } else if (format == InputFormat.NDJSON || layout.records() != null) {
            return json ? Form.JSON : Form.JSON_LINES;
        } else if (layout.delimiter() != 0
                || (isCsv(name) && !JSON_START.matcher(first).lookingAt())) {
            return Form.CSV;
        } else if (json) {
            return Form.JSON;
        }
        return first.startsWith("{") || first.isEmpty() || InputFormat.ofName(name) == InputFormat.NDJSON
                ? Form.JSON_LINES
                : Form.CSV;
    }

    private static boolean isCsv(String name) {
        return InputFormat.ofName(name) == InputFormat.CSV || isTabbed(name);
    }

    private static boolean isTabbed(String name) {
        String lower = InputFormat.unpacked(name.toLowerCase(Locale.ROOT));
        return lower.endsWith(".tsv") || lower.endsWith(".tab");
    }

    private static char delimiter(String name, String start) {
        return isTabbed(name) ? '\t' : Delimiters.of(start);
    }

    /** The text as UTF-8, without a byte order mark. */
    private static InputStream utf8(BufferedInputStream in, String name, TextEncoding encoding) throws IOException {
        if (!encoding.isUtf8()) {
            return new Utf8Input(new StrictDecoder(in, name, encoding));
        }
        in.mark(3);
        if (in.read() != 0xEF || in.read() != 0xBB || in.read() != 0xBF) {
            in.reset();
        }
        return in;
    }

    /**
     * The next record, or what is not one, or null at the end.
     *
     * @throws BadInput if the rest cannot be read; the message names the file, what is wrong, and the last record before
     */
    public FileRecord next() throws IOException {
        FileRecord record;
        try {
            record = records.next();
        } catch (BadInput e) {
            throw last == 0 ? e : new BadInput(e.getMessage() + "; the last record read is number " + last, e);
        }
        if (record != null) {
            last = record.number();
        }
        return record;
    }

    /** The file's name, for messages. */
    public String name() {
        return name;
    }

    public Form form() {
        return form;
    }

    /** How the file is laid out: its encoding, and the delimiter of a CSV, also where only its bytes say so. */
    public FileLayout layout() {
        return layout;
    }

    /** Bytes of the file; -1 if that is unknown, as of a pipe. */
    public long length() {
        return length;
    }

    /** Bytes read so far, as they are in the file: compressed, if it is. */
    public long position() {
        return counting.position();
    }

    @Override
    public void close() throws IOException {
        records.close();
    }
}
