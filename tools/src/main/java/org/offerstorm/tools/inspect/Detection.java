package org.offerstorm.tools.inspect;

import java.io.BufferedInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.offerstorm.core.input.FileKind;
import org.offerstorm.core.mapping.FileLayout;
import org.offerstorm.core.mapping.Pointer;
import org.offerstorm.core.text.PlainText;
import org.offerstorm.tools.produce.BadInput;
import org.offerstorm.tools.produce.RecordFile;

/**
 * How a file is laid out, found by its bytes.
 *
 * @param layout what a mapping must say of it; nothing where the bytes alone say it
 * @param compression {@code gzip}, {@code zstd} or empty
 * @param encoding for people
 */
public record Detection(FileLayout layout, String compression, String encoding) {
    /** Bytes of the text that are looked at. */
    private static final int LOOKED_AT = 16 << 20;
    /** Bytes that say whether it is text at all. */
    private static final int START = 4096;

    /** Bytes of windows-1252 that are no character. */
    private static final String UNUSED = "\u0081\u008D\u008F\u0090\u009D";

    /**
     * Looks at a file.
     *
     * @throws IOException if it cannot be read, or unpacked
     */
    public static Detection of(Path file) throws IOException {
        try (InputStream raw = new FileInputStream(file.toFile())) {
            BufferedInputStream in = new BufferedInputStream(raw, 1 << 16);
            String compression = compression(in);
            byte[] bytes = RecordFile.unpacked(in, file.toString()).readNBytes(LOOKED_AT);
            refuseBinary(bytes, file);
            return of(bytes, compression, bytes.length == LOOKED_AT, file.toString());
        }
    }

    private static String compression(BufferedInputStream in) throws IOException {
        in.mark(4);
        byte[] head = in.readNBytes(4);
        in.reset();
        Optional<FileKind> kind = FileKind.binary(head, head.length);
        return kind.equals(Optional.of(FileKind.GZIP)) ? "gzip" : kind.equals(Optional.of(FileKind.ZSTD)) ? "zstd" : "";
    }

    /** @param cut whether more follows */
    static Detection of(byte[] bytes, String compression, boolean cut, String name) {
        Charset marked = mark(bytes);
        Charset found = marked == null ? encoding(bytes, cut) : marked;
        String shown = found.name() + (marked == null ? "" : " with byte order mark");
        String text = new String(bytes, found);
        text = text.startsWith("\uFEFF") ? text.substring(1) : text;
        String encoding = marked != null || found.equals(StandardCharsets.UTF_8) ? null : found.name();
        String start = text.stripLeading();
        if (start.startsWith("{") || start.startsWith("[")) {
            Pointer records = start.startsWith("{") ? RecordArrays.find(start) : null;
            return new Detection(new FileLayout(records, encoding, (char) 0), compression, shown);
        }
        String lower = name.toLowerCase(Locale.ROOT);
        char delimiter = DelimiterGuess.of(text, lower.contains(".tsv") || lower.contains(".tab"));
        return new Detection(new FileLayout(null, encoding, delimiter == ',' ? 0 : delimiter), compression, shown);
    }

    /** What has no known kind, such as a picture, would be taken for a table with strange columns. */
    private static void refuseBinary(byte[] bytes, Path file) throws BadInput {
        byte[] head = Arrays.copyOf(bytes, Math.min(bytes.length, START));
        Charset marked = mark(head);
        String start = new String(head, marked == null ? encoding(head, true) : marked);
        long controls =
                start.chars().filter(c -> c < ' ' && !Character.isWhitespace(c)).count();
        if (controls > START / 512 && controls * 25 > start.length()) {
            throw new BadInput(PlainText.of(file.toString()) + " is not text: it has " + controls
                    + " control characters in its first " + start.length() + "; export the data as CSV");
        }
    }

    private static Charset mark(byte[] bytes) {
        if (bytes.length >= 3 && (bytes[0] & 0xFF) == 0xEF && (bytes[1] & 0xFF) == 0xBB && (bytes[2] & 0xFF) == 0xBF) {
            return StandardCharsets.UTF_8;
        }
        if (bytes.length < 2) {
            return null;
        }
        int first = (bytes[0] & 0xFF) << 8 | (bytes[1] & 0xFF);
        return first == 0xFEFF ? StandardCharsets.UTF_16BE : first == 0xFFFE ? StandardCharsets.UTF_16LE : null;
    }

    private static Charset encoding(byte[] bytes, boolean cut) {
        Optional<FileKind> kind = FileKind.binary(bytes, bytes.length);
        if (kind.equals(Optional.of(FileKind.UTF_16LE))) {
            return StandardCharsets.UTF_16LE;
        } else if (kind.equals(Optional.of(FileKind.UTF_16BE))) {
            return StandardCharsets.UTF_16BE;
        } else if (isUtf8(bytes, cut)) {
            return StandardCharsets.UTF_8;
        }
        String latin = new String(bytes, StandardCharsets.ISO_8859_1);
        boolean unused = latin.chars().anyMatch(c -> UNUSED.indexOf(c) >= 0);
        return unused ? StandardCharsets.ISO_8859_1 : Charset.forName("windows-1252");
    }

    private static boolean isUtf8(byte[] bytes, boolean cut) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer from = ByteBuffer.wrap(bytes);
        CharBuffer to = CharBuffer.allocate(1 << 16);
        CoderResult result;
        do {
            to.clear();
            result = decoder.decode(from, to, !cut);
        } while (result.isOverflow());
        return !result.isError();
    }
}
