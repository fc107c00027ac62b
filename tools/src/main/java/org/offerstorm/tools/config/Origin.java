package org.offerstorm.tools.config;

import org.yaml.snakeyaml.error.Mark;

/**
 * Where a value of the configuration was written.
 *
 * @param layer 0 for the defaults, then the files in the order given, then {@code -c}; later layers win
 * @param source {@code default}, the file as it was named, or {@code -c}
 * @param line from 1; 0 where there are no lines
 * @param column from 1, in characters; 0 where there are no lines
 */
public record Origin(int layer, String source, int line, int column) {
    static final Origin DEFAULT = new Origin(0, "default", 0, 0);

    static Origin commandLine(int layer) {
        return new Origin(layer, "-c", 0, 0);
    }

    public static Origin file(int layer, String file) {
        return new Origin(layer, file, 0, 0);
    }

    /** A place in the same file. */
    public Origin at(int lineFrom1, int columnFrom1) {
        return new Origin(layer, source, lineFrom1, columnFrom1);
    }

    /** As {@link #at(int, int)}, where the YAML library says. */
    public Origin at(Mark mark) {
        return at(mark.getLine() + 1, mark.getColumn() + 1);
    }

    boolean isDefault() {
        return layer == 0;
    }

    /** {@code file:line}, short enough to be shown next to a value. */
    String brief() {
        return line == 0 ? source : source + ":" + line;
    }

    /** {@code file:line:column}, as editors and terminals make a link of it. */
    @Override
    public String toString() {
        return line == 0 ? source : source + ":" + line + ":" + column;
    }
}
