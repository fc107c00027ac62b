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
public record Place(int layer, String source, int line, int column) {
    static final Place DEFAULT = new Place(0, "default", 0, 0);

    static Place commandLine(int layer) {
        return new Place(layer, "-c", 0, 0);
    }

    public static Place file(int layer, String file) {
        return new Place(layer, file, 0, 0);
    }

    /** A place in the same file. */
    Place at(int lineFrom1, int columnFrom1) {
        return new Place(layer, source, lineFrom1, columnFrom1);
    }

    Place at(Mark mark) {
        return at(mark.getLine() + 1, mark.getColumn() + 1);
    }

    boolean isDefault() {
        return layer == 0;
    }

    /** {@code file:line}, short enough to stand beside a value. */
    String brief() {
        return line == 0 ? source : source + ":" + line;
    }

    /** {@code file:line:column}, as editors and terminals make a link of it. */
    @Override
    public String toString() {
        return line == 0 ? source : source + ":" + line + ":" + column;
    }
}
