package org.offerstorm.core.input;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Locale;
import java.util.Optional;

/** Kinds of data that are not the text that is read here, by their first bytes: what they are, and what makes text of them. */
public enum FileKind {
    GZIP("gzip data", "gzip -dc"),
    BZIP2("bzip2 data", "bzip2 -dc"),
    XZ("xz data", "xz -dc"),
    ZSTD("zstd data", "zstd -dc"),
    LZ4("lz4 data", "lz4 -dc"),
    COMPRESS("data of compress (.Z)", "gzip -dc"),
    SEVEN_ZIP("a 7z archive", "7z x -so", null),
    ZIP("a zip archive", "unzip -p", "funzip"),
    TAR("a tar archive", "tar -xOf", "tar -xOf -"),
    XLSX("an Excel workbook", Advice.SPREADSHEET),
    XLS("a workbook or document of an old Excel or Office", Advice.SPREADSHEET),
    ODS("a spreadsheet (OpenDocument)", Advice.SPREADSHEET),
    PDF("a PDF", Advice.EXPORT),
    AVRO("an Avro file", "avro-tools tojson", "avro-tools tojson -"),
    PARQUET("a Parquet file", Advice.EXPORT),
    SQLITE("an SQLite database", Advice.EXPORT),
    JAVA("a serialized Java object", Advice.EXPORT),
    UTF_16("UTF-16", "iconv -f UTF-16 -t UTF-8"),
    UTF_16LE("UTF-16", "iconv -f UTF-16LE -t UTF-8"),
    UTF_16BE("UTF-16", "iconv -f UTF-16BE -t UTF-8"),
    UTF_32("UTF-32", "iconv -f UTF-32 -t UTF-8"),
    UTF_32LE("UTF-32", "iconv -f UTF-32LE -t UTF-8"),
    UTF_32BE("UTF-32", "iconv -f UTF-32BE -t UTF-8"),
    /** Recognized by no byte: what is not UTF-8 is mostly that. */
    LATIN("Latin-1 or the like", "iconv -f WINDOWS-1252 -t UTF-8"),
    BINARY("not text: it has zero bytes", Advice.COPY),
    HTML("a web page (HTML)", Advice.PAGE),
    XML("XML", Advice.EXPORT),
    /** All of the file is one array. */
    JSON_ARRAY("one JSON array", "jq -c '.[]'"),
    /** Each object is written over several lines. */
    JSON_OVER_LINES("JSON over several lines", "jq -c ."),
    /** JSON that ends its lines as no system has since 2001. */
    JSON_WITH_RETURNS("JSON whose lines end in a carriage return alone", "tr '\\r' '\\n' <", "tr '\\r' '\\n'");

    /** Bytes that are looked at. */
    public static final int HEAD = 1 << 16;

    /** What nobody can type for all files. */
    private enum Advice {
        SPREADSHEET,
        EXPORT,
        COPY,
        PAGE
    }

    private static final int[] OLE = {0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1};
    /** A text in a wide encoding that is read here begins with letters or signs that are ASCII. */
    private static final int START = 8;

    private static final int SAMPLE = 4096;

    private final String what;
    private final String ofFile;
    private final String asFilter;
    private final Advice advice;

    FileKind(String what, String command) {
        this(what, command, command);
    }

    FileKind(String what, String ofFile, String asFilter) {
        this.what = what;
        this.ofFile = ofFile;
        this.asFilter = asFilter;
        this.advice = null;
    }

    FileKind(String what, Advice advice) {
        this.what = what;
        this.ofFile = null;
        this.asFilter = null;
        this.advice = advice;
    }

    /** {@code bzip2 data}: for a sentence that says it is that. */
    public String what() {
        return what;
    }

    /** Whether its bytes are a text in UTF-8, so that only its form is another. */
    public boolean isText() {
        return compareTo(HTML) >= 0;
    }

    /** Whether it is JSON, though not one object a line. */
    public boolean isJson() {
        return compareTo(JSON_ARRAY) >= 0;
    }

    /** Whether a command makes text of it. */
    public boolean isConvertible() {
        return ofFile != null;
    }

    /**
     * What to do about it.
     *
     * @param source where the data come from
     * @param target how the command ends that the text is for, such as {@code | ./offerstorm produce -}
     */
    public String remedy(DataSource source, String target) {
        if (ofFile != null) {
            return "convert it: " + source.through(ofFile, asFilter) + " " + target;
        }
        return switch (advice) {
            case SPREADSHEET ->
                "save it as 'CSV UTF-8 (comma delimited)'" + (source.isFile() ? ", or type: " + toCsv(source) : "");
            case EXPORT -> "export the data as CSV";
            case COPY -> "was the disk full, or a copy broken off? Copy or export it again";
            case PAGE -> "the download gave a page for people, of an error or a login; look at it in a browser";
        };
    }

    private static String toCsv(DataSource source) {
        // 44 is the comma, 34 the quote, 76 UTF-8.
        return "libreoffice --headless --convert-to 'csv:Text - txt - csv (StarCalc):44,34,76' " + source.word();
    }

    /** The kind of data that begin so; empty for text that may be read. */
    public static Optional<FileKind> of(byte[] head) {
        return of(head, head.length);
    }

    /** As {@link #of(byte[])}, of the first {@code length} bytes. */
    public static Optional<FileKind> of(byte[] head, int length) {
        return binary(head, length)
                .or(() -> Optional.ofNullable(text(new String(head, 0, Math.min(length, HEAD), ISO_8859_1))));
    }

    /** As {@link #of(byte[])}, but only what is not even text in UTF-8; looks at few of the bytes. */
    public static Optional<FileKind> binary(byte[] head, int length) {
        FileKind kind = packed(head, length);
        if (kind == null) {
            kind = document(head, length);
        }
        return Optional.ofNullable(kind == null ? encoding(head, length) : kind);
    }

    private static FileKind packed(byte[] head, int length) {
        if (begins(head, length, 0, 0x1F, 0x8B)) {
            return GZIP;
        } else if (begins(head, length, 0, 'B', 'Z', 'h')
                && begins(head, length, 4, 0x31, 0x41, 0x59, 0x26, 0x53, 0x59)) {
            return BZIP2;
        } else if (begins(head, length, 0, 0xFD, '7', 'z', 'X', 'Z', 0)) {
            return XZ;
        } else if (begins(head, length, 0, 0x28, 0xB5, 0x2F, 0xFD)) {
            return ZSTD;
        } else if (begins(head, length, 0, 0x04, 0x22, 0x4D, 0x18)) {
            return LZ4;
        } else if (begins(head, length, 0, 0x1F, 0x9D)) {
            return COMPRESS;
        } else if (begins(head, length, 0, '7', 'z', 0xBC, 0xAF, 0x27, 0x1C)) {
            return SEVEN_ZIP;
        } else if (begins(head, length, 257, 'u', 's', 't', 'a', 'r')) {
            return TAR;
        }
        return null;
    }

    private static FileKind document(byte[] head, int length) {
        if (begins(head, length, 0, 'P', 'K', 3, 4) || begins(head, length, 0, 'P', 'K', 5, 6)) {
            return zipped(head, length);
        } else if (begins(head, length, 0, OLE)) {
            return XLS;
        } else if (begins(head, length, 0, '%', 'P', 'D', 'F', '-')) {
            return PDF;
        } else if (begins(head, length, 0, 'O', 'b', 'j', 1)) {
            return AVRO;
        } else if (begins(head, length, 0, 'P', 'A', 'R', '1')) {
            return PARQUET;
        } else if (begins(head, length, 0, 'S', 'Q', 'L', 'i', 't', 'e', ' ', 'f', 'o', 'r', 'm', 'a', 't', ' ')) {
            return SQLITE;
        } else if (begins(head, length, 0, 0xAC, 0xED, 0, 5)) {
            return JAVA;
        }
        return null;
    }

    /** By the name of the first entry, which begins at byte 30. */
    private static FileKind zipped(byte[] head, int length) {
        String names = length <= 30 ? "" : new String(head, 30, Math.min(length - 30, 100), ISO_8859_1);
        if (names.startsWith("[Content_Types].xml")
                || names.startsWith("_rels/")
                || names.startsWith("xl/")
                || names.startsWith("docProps/")) {
            return XLSX;
        }
        return names.startsWith("mimetypeapplication/vnd.oasis.opendocument") ? ODS : ZIP;
    }

    private static FileKind encoding(byte[] head, int length) {
        if (begins(head, length, 0, 0xFF, 0xFE, 0, 0) || begins(head, length, 0, 0, 0, 0xFE, 0xFF)) {
            return UTF_32;
        } else if (begins(head, length, 0, 0xFF, 0xFE) || begins(head, length, 0, 0xFE, 0xFF)) {
            return UTF_16;
        }
        // Text in UTF-8 has no zero byte. In a wider encoding each character that is ASCII has one, or three.
        int first = 0;
        while (first < Math.min(length, START) && head[first] != 0) {
            first++;
        }
        if (first == Math.min(length, START)) {
            return null;
        }
        return first == 1 && isControl(head[0]) ? BINARY : wide(head, Math.min(length, SAMPLE));
    }

    /** By the places of the zero bytes. */
    private static FileKind wide(byte[] head, int sample) {
        int[] zeros = new int[4];
        for (int i = 0; i < sample; i++) {
            zeros[i & 3] += head[i] == 0 ? 1 : 0;
        }
        int odd = zeros[1] + zeros[3];
        int even = zeros[0] + zeros[2];
        if (zeros[0] == 0 && odd + even > sample / 2) {
            return UTF_32LE;
        } else if (zeros[3] == 0 && odd + even > sample / 2) {
            return UTF_32BE;
        } else if (even == 0 && odd >= sample / 20) {
            return UTF_16LE;
        }
        return odd == 0 && even >= sample / 20 ? UTF_16BE : BINARY;
    }

    private static boolean isControl(byte b) {
        return b >= 0 && b < ' ' && b != '\t' && b != '\n' && b != '\r';
    }

    private static FileKind text(String latin) {
        boolean marked = latin.length() >= 3 && latin.startsWith("\u00EF\u00BB\u00BF");
        String text = (marked ? latin.substring(3) : latin).stripLeading();
        if (text.startsWith("<")) {
            String start = text.substring(0, Math.min(text.length(), 1000)).toLowerCase(Locale.ROOT);
            return start.contains("<!doctype html") || start.contains("<html") ? HTML : XML;
        } else if (text.startsWith("[")) {
            return JSON_ARRAY;
        } else if (text.startsWith("{")) {
            return json(text);
        }
        return null;
    }

    /** By the end of the first line: an object that is only cut off seldom ends there, and is followed by another. */
    private static FileKind json(String text) {
        int end = text.indexOf('\n');
        if (end < 0) {
            return text.matches("(?s).*\\}\\r+\\s*\\{.*|\\{\\r.*") ? JSON_WITH_RETURNS : null;
        }
        String line = text.substring(0, end).stripTrailing();
        String next = text.substring(end).stripLeading();
        boolean open = line.equals("{") || line.endsWith(",") || line.endsWith("{") || line.endsWith("[");
        boolean continues = next.startsWith("\"") || next.startsWith("}") || (next.isEmpty() && line.equals("{"));
        return open && continues ? JSON_OVER_LINES : null;
    }

    private static boolean begins(byte[] head, int length, int at, int... bytes) {
        if (length < at + bytes.length) {
            return false;
        }
        for (int i = 0; i < bytes.length; i++) {
            if ((head[at + i] & 0xFF) != bytes[i]) {
                return false;
            }
        }
        return true;
    }
}
