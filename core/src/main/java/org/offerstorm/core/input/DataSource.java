package org.offerstorm.core.input;

import java.util.List;
import java.util.regex.Pattern;
import org.offerstorm.core.text.PlainText;

/**
 * Where data come from, for a command that a person can type.
 *
 * @param file null for standard input
 * @param unpackers commands that have already been applied to the file's content here, such as {@code gzip -dc}
 */
public record DataSource(String file, List<String> unpackers) {
    private static final Pattern PLAIN_WORD = Pattern.compile("[\\p{L}\\p{N}_./+@%:,=][\\p{L}\\p{N}_./+@%:,=-]*");

    public DataSource {
        unpackers = List.copyOf(unpackers);
    }

    public static DataSource file(String file) {
        return new DataSource(file, List.of());
    }

    public static DataSource standardInput() {
        return new DataSource(null, List.of());
    }

    /** How a command ends that writes into a new file next to a file of this name, and never into the file itself. */
    public static String intoNewFile(String file) {
        return "> " + file(file + ".new").word();
    }

    /** The same, and its content was unpacked here. */
    public DataSource unpackedBy(String command) {
        return new DataSource(file, List.of(command));
    }

    /** Whether it is a file whose own bytes are meant. */
    boolean isFile() {
        return file != null && unpackers.isEmpty();
    }

    /**
     * A command that writes the converted data.
     *
     * @param ofFile takes the file's name at its end
     * @param asFilter reads its standard input; null if there is none
     */
    String through(String ofFile, String asFilter) {
        if (isFile()) {
            return ofFile + (ofFile.endsWith("<") ? "" : " ") + word();
        }
        String first = file == null ? "…" : String.join(" | ", unpackers) + " " + word();
        return first + (asFilter == null ? " >unpacked; " + ofFile + " unpacked" : " | " + asFilter);
    }

    /** The file's name as a shell takes it for one word. */
    public String word() {
        String name = PlainText.of(file);
        return PLAIN_WORD.matcher(name).matches() ? name : "'" + name.replace("'", "'\\''") + "'";
    }
}
