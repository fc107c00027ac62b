package org.offerstorm.core.model;

import java.util.Locale;

/** What a further field of a data set holds, and as which Java type. The names are an interface: they are in mappings and stores. */
public enum FieldType {
    /** Text that is searched by its words; {@link String}. */
    TEXT,
    /** Text that is compared as a whole, and may be a facet; {@link String}. */
    KEYWORD,
    /** Several keywords; an unmodifiable {@code List<String>}, never empty. */
    KEYWORDS,
    /** A whole number within 2^53; {@link Long}. */
    INTEGER,
    /** A finite number; {@link Double}. */
    DECIMAL,
    /** {@link Boolean}. */
    BOOLEAN,
    /** A moment; {@link Long}, milliseconds since 1970 UTC. */
    DATE;

    private final String code = name().toLowerCase(Locale.ROOT);

    /** As it is written in a mapping, for instance {@code keywords}. */
    public String code() {
        return code;
    }
}
