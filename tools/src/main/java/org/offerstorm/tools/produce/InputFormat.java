package org.offerstorm.tools.produce;

import java.util.Locale;

/** Formats of files with offers. */
public enum InputFormat {
    /** By the file's name; where that says nothing, by its first character: <code>{</code> is NDJSON. */
    AUTO,
    /** A header line, then one offer a row. */
    CSV,
    /** One JSON object a line. */
    NDJSON;

    /** Format that a file name tells, before any {@code .gz} or {@code .zst}; {@link #AUTO} if it tells none. */
    static InputFormat ofName(String name) {
        String lower = unpacked(name.toLowerCase(Locale.ROOT));
        if (lower.endsWith(".csv")) {
            return CSV;
        }
        return lower.endsWith(".ndjson") || lower.endsWith(".jsonl") ? NDJSON : AUTO;
    }

    /** The name of the file that a compressed one holds. */
    static String unpacked(String name) {
        return name.replaceFirst("\\.(gz|zst)$", "");
    }
}
