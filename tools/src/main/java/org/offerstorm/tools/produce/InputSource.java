package org.offerstorm.tools.produce;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.offerstorm.core.input.DataSource;
import org.offerstorm.core.input.FileKind;
import org.offerstorm.core.input.FirstBytes;
import org.offerstorm.core.mapping.FileLayout;
import org.offerstorm.core.mapping.Mapping;
import org.offerstorm.core.mapping.ValueFormat;

/**
 * An opened file or standard input: uncompressed, if it was gzip (told by its first bytes, not by its name), and with the
 * reader for its format. One thread.
 */
public final class InputSource implements Closeable {
    private static final int BUFFER = 1 << 16;

    private static final long UNKNOWN = -1;

    /** Where a command ends that makes offers of something else. */
    static final String PRODUCE = "| ./offerstorm produce -";

    /** Bytes read so far. */
    private final LongSupplier position;

    private final RecordReader reader;
    private final long length;

    private InputSource(LongSupplier position, RecordReader reader, long length) {
        this.position = position;
        this.reader = reader;
        this.length = length;
    }

    /**
     * Opens a file, or what has a name like one: a FIFO, {@code /dev/stdin}, a shell's {@code <(…)}.
     *
     * @throws BadInput if it is empty where a header must be, or something else than text with offers: an archive, a
     *     workbook, another encoding, JSON that has not one object a line
     * @throws IOException if it cannot be opened
     */
    public static InputSource open(Path file, InputFormat format) throws IOException {
        return open(file, format, PRODUCE);
    }

    /**
     * As the other.
     *
     * @param target how the command ends that a message suggests for a file of another kind
     */
    public static InputSource open(Path file, InputFormat format, String target) throws IOException {
        InputFormat known = format == InputFormat.AUTO ? InputFormat.ofName(file.toString()) : format;
        // Not Files.newInputStream: its stream seeks in order to say what is available, which a pipe cannot do.
        InputStream in = new FileInputStream(file.toFile());
        try {
            return open(
                    in,
                    file.toString(),
                    DataSource.file(file.toString()),
                    known,
                    Files.isRegularFile(file) ? Files.size(file) : UNKNOWN,
                    target);
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        }
    }

    /** Takes a stream such as standard input, and closes it in the end. */
    public static InputSource open(InputStream in, String name, InputFormat format) throws IOException {
        return open(in, name, DataSource.standardInput(), format, UNKNOWN, PRODUCE);
    }

    /**
     * Opens a file of records that a mapping makes offers of: of any format, as {@link RecordFile} reads it.
     *
     * @param mapping null: the records are offers as docs/input.md has them
     * @throws BadInput if it is something else than text with records, or not as the mapping says
     * @throws IOException if it cannot be opened
     */
    public static InputSource open(Path file, InputFormat format, Mapping mapping) throws IOException {
        return mapping == null
                ? open(file, format)
                : mapped(RecordFile.open(file, layout(mapping, file.toString()), format), mapping);
    }

    /** As the other, of a stream such as standard input, which is closed in the end. */
    public static InputSource open(InputStream in, String name, InputFormat format, Mapping mapping)
            throws IOException {
        return mapping == null
                ? open(in, name, format)
                : mapped(RecordFile.open(in, name, layout(mapping, name), format), mapping);
    }

    private static FileLayout layout(Mapping mapping, String name) throws BadInput {
        if (!mapping.value().equals(ValueFormat.JSON)) {
            throw new BadInput(name + " would go to the topic as JSON, and the mapping says that the topic's values are"
                    + " Avro; use a mapping without 'value' and another topic");
        }
        return mapping.file();
    }

    private static InputSource mapped(RecordFile records, Mapping mapping) {
        return new InputSource(records::position, new MappedReader(records, mapping), records.length());
    }

    public RecordReader reader() {
        return reader;
    }

    /** Bytes of the file; -1 if that is unknown, as of a pipe. */
    public long length() {
        return length;
    }

    /** Bytes read so far, as they are in the file: compressed, if it is. */
    public long position() {
        return position.getAsLong();
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }

    private static InputSource open(
            InputStream raw, String name, DataSource data, InputFormat format, long length, String target)
            throws IOException {
        CountingInput counting = new CountingInput(raw);
        BufferedInputStream in = new BufferedInputStream(counting, BUFFER);
        byte[] head = FirstBytes.of(in);
        DataSource source = data;
        if (FileKind.of(head).equals(Optional.of(FileKind.GZIP))) {
            in = new BufferedInputStream(new GzipInput(in, name), BUFFER);
            head = FirstBytes.of(in);
            source = data.unpackedBy("gzip -dc");
        } else if (name.toLowerCase(Locale.ROOT).endsWith(".gz")
                && FileKind.of(head).filter(kind -> kind != FileKind.BINARY).isEmpty()
                && !isText(head)) {
            throw new BadInput(name + " is not a gzip file (its name says so), nor is it text; check it with gzip -t");
        }
        Optional<FileKind> foreign = FileKind.of(head);
        if (foreign.isPresent() && !(foreign.get().isJson() && format == InputFormat.CSV)) {
            throw new BadInput(name + (source.equals(data) ? " is " : " holds ")
                    + foreign.get().what() + "; " + (foreign.get().isJson() ? inspectHint(name) + ", or " : "")
                    + foreign.get().remedy(source, target));
        }
        if (begins(in, 0xEF, 0xBB, 0xBF)) {
            in.skipNBytes(3);
        }
        InputFormat found = format == InputFormat.AUTO ? guess(in) : format;
        RecordReader reader = found == InputFormat.CSV
                ? new CsvReader(in, name, source, FirstBytes.text(head), target)
                : new NdjsonReader(in);
        return new InputSource(counting::position, reader, length);
    }

    /** Of a file whose records are not offers as docs/input.md has them. */
    static String inspectHint(String name) {
        return "'./offerstorm inspect " + name + "' proposes a mapping (--mapping) for data of any form";
    }

    private static boolean begins(BufferedInputStream in, int... bytes) throws IOException {
        in.mark(bytes.length);
        boolean same = true;
        for (int i = 0; i < bytes.length && same; i++) {
            same = in.read() == bytes[i];
        }
        in.reset();
        return same;
    }

    /** Whether it may be: a file that somebody unpacked and did not rename is read. */
    private static boolean isText(byte[] head) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        // The last character may be cut.
        boolean decodes = !decoder.decode(ByteBuffer.wrap(head), CharBuffer.allocate(head.length), false)
                .isError();
        for (int i = 0; decodes && i < head.length; i++) {
            decodes = head[i] != 0;
        }
        return decodes;
    }

    /** An empty stream is NDJSON: no lines. */
    private static InputFormat guess(BufferedInputStream in) throws IOException {
        in.mark(BUFFER);
        int c = in.read();
        for (int i = 1; i < BUFFER && (c == ' ' || c == '\t' || c == '\r' || c == '\n'); i++) {
            c = in.read();
        }
        in.reset();
        return c == '{' || c == -1 ? InputFormat.NDJSON : InputFormat.CSV;
    }
}
