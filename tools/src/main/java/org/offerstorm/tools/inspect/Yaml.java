package org.offerstorm.tools.inspect;

import java.util.Locale;
import java.util.regex.Pattern;
import org.offerstorm.core.text.PlainText;

/** Writes texts as YAML, no matter what they hold. */
final class Yaml {
    private static final Pattern PLAIN = Pattern.compile("[\\p{L}_/][\\p{L}\\p{N}_/.-]*");
    private static final Pattern WORDS_OF_YAML = Pattern.compile("(?i)true|false|yes|no|on|off|null|y|n");

    private Yaml() {}

    /** Without quotes where that is the same text for every reader of YAML. */
    static String scalar(String text) {
        if (PLAIN.matcher(text).matches()
                && !WORDS_OF_YAML.matcher(text).matches()
                && text.codePoints().allMatch(PlainText::isPlain)) {
            return text;
        }
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') {
                quoted.append('\\').appendCodePoint(c);
            } else if (c == '\t') {
                quoted.append("\\t");
            } else if (c == '\n') {
                quoted.append("\\n");
            } else if (PlainText.isPlain(c)) {
                quoted.appendCodePoint(c);
            } else {
                quoted.append(String.format(Locale.ROOT, c > 0xFFFF ? "\\U%08x" : "\\u%04x", c));
            }
        });
        return quoted.append('"').toString();
    }
}
