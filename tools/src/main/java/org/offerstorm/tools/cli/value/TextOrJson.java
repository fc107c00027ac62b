package org.offerstorm.tools.cli.value;

/** {@code --format} of a command that answers people or programs. */
public enum TextOrJson {
    /** For people. */
    TEXT,
    /** For programs. */
    JSON
}
