package org.offerstorm.tools.cli;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * CSV (RFC 4180) row by row, each with its text as it came, so that it can be written again with its own quotes. Bytes are
 * taken as characters one by one: the bytes of any encoding that is a superset of ASCII come out as they went in.
 */
final class RawCsvReader {
    /** A quote that is never closed must not fill the memory. */
    private static final int LONGEST_ROW = 16 << 20;

    private static final int END = -1;

    private final InputStream in;
    private long line = 1;
    private int pushed = END;

    /**
     * @param line number of the row's first line, from 1
     * @param raw the row without its line end
     * @param fields without their quotes
     * @param end line end; empty after the last row if it has none
     * @param unfinished the input ended within quotes
     */
    record Row(long line, String raw, List<String> fields, String end, boolean unfinished) {}

    RawCsvReader(InputStream in) {
        this.in = new BufferedInputStream(in, 1 << 16);
    }

    /** The next row, or null at the end. */
    Row next() throws IOException {
        long first = line;
        StringBuilder raw = new StringBuilder(128);
        List<String> fields = new ArrayList<>();
        int fieldStart = 0;
        boolean quoted = false;
        for (int c = read(); ; c = read()) {
            if (c == END) {
                if (raw.isEmpty()) {
                    return null;
                }
                fields.add(unquoted(raw.substring(fieldStart)));
                return new Row(first, raw.toString(), fields, "", quoted);
            }
            if (!quoted && (c == '\n' || c == '\r')) {
                fields.add(unquoted(raw.substring(fieldStart)));
                return new Row(first, raw.toString(), fields, lineEnd(c), false);
            }
            if (c == '"') {
                // Quotes matter if the field begins with one; a doubled one closes and opens again.
                quoted = quoted ? false : raw.length() == fieldStart || raw.charAt(fieldStart) == '"';
            } else if (c == ',' && !quoted) {
                fields.add(unquoted(raw.substring(fieldStart)));
                fieldStart = raw.length() + 1;
            } else if (c == '\n') {
                line++;
            }
            raw.append((char) c);
            if (raw.length() > LONGEST_ROW) {
                throw new IOException("the row that begins on line " + first + " is longer than " + LONGEST_ROW
                        + " bytes; a quote may be open");
            }
        }
    }

    /** The value of a field: without the quotes around it, doubled ones single. */
    static String unquoted(String field) {
        if (field.isEmpty() || field.charAt(0) != '"') {
            return field;
        }
        int last = field.lastIndexOf('"');
        String inner = last == 0 ? field.substring(1) : field.substring(1, last) + field.substring(last + 1);
        return inner.replace("\"\"", "\"");
    }

    private String lineEnd(int c) throws IOException {
        line++;
        if (c == '\n') {
            return "\n";
        }
        int next = read();
        if (next == '\n') {
            return "\r\n";
        }
        pushed = next;
        return "\r";
    }

    private int read() throws IOException {
        if (pushed != END) {
            int c = pushed;
            pushed = END;
            return c;
        }
        return in.read();
    }
}
