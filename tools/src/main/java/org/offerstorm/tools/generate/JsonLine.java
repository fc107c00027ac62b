package org.offerstorm.tools.generate;

/** Writes JSON to a line. The texts hold no control characters but white space. */
final class JsonLine {
    private JsonLine() {}

    /** Starts a new line: an object with its id. */
    static StringBuilder begin(StringBuilder line, String id) {
        line.setLength(0);
        return text(line.append("{\"id\":"), id);
    }

    static StringBuilder text(StringBuilder line, String text) {
        line.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> line.append('\\').append(c);
                case '\t' -> line.append("\\t");
                case '\n' -> line.append("\\n");
                case '\r' -> line.append("\\r");
                default -> line.append(c);
            }
        }
        return line.append('"');
    }

    static StringBuilder field(StringBuilder line, String name, String text) {
        return text(line.append(",\"").append(name).append("\":"), text);
    }

    /** Millionths of a degree as a decimal number, without passing through a double. */
    static StringBuilder degrees(StringBuilder line, int micros) {
        long absolute = Math.abs((long) micros);
        long fraction = absolute % 1_000_000;
        line.append(micros < 0 ? "-" : "").append(absolute / 1_000_000);
        if (fraction != 0) {
            int end = line.length() + 7;
            line.append('.');
            for (long unit = 100_000; unit > 0; unit /= 10) {
                line.append((char) ('0' + fraction / unit % 10));
            }
            while (line.charAt(end - 1) == '0') {
                line.setLength(--end);
            }
        }
        return line;
    }
}
