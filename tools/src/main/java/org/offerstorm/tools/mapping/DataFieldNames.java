package org.offerstorm.tools.mapping;

import java.text.Normalizer;
import java.util.Locale;

/** Names of further fields. */
public final class DataFieldNames {
    private static final int LONGEST = 40;

    private DataFieldNames() {}

    /** A name by the rule of {@link org.offerstorm.core.model.DataField}, as near to the text as can be. */
    public static String of(String text) {
        String plain = Normalizer.normalize(text, Normalizer.Form.NFKD)
                .replaceAll("\\p{M}", "")
                .replaceAll("([a-z0-9])([A-Z])", "$1_$2")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "_")
                .replaceAll("^_+|_+$", "");
        if (plain.isEmpty()) {
            return "field";
        }
        String name = Character.isDigit(plain.charAt(0)) ? "field_" + plain : plain;
        return name.length() <= LONGEST ? name : name.substring(0, LONGEST).replaceAll("_+$", "");
    }
}
