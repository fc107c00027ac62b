package org.offerstorm.tools.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.offerstorm.core.text.PlainText;

/** Whether what looks like a reference to a secret is one: {@code ${env:NAME}}, {@code ${file:/path}}. */
final class References {
    private static final Pattern LOOKS_LIKE = Pattern.compile("\\$\\{[^}]*}?");
    private static final Pattern LOOKS_LIKE_OURS =
            Pattern.compile("\\$\\{\\s*(env|file)\\s*:[^}]*}?", Pattern.CASE_INSENSITIVE);
    private static final Pattern IS = Pattern.compile("\\$\\{(env:[A-Za-z_][A-Za-z0-9_]*|file:/[^}]*)}");

    private References() {}

    /** Passes if there is not a reference in the text. */
    static void forbid(String text) {
        if (text.contains("${")) {
            throw new IllegalArgumentException("'" + PlainText.excerpt(text)
                    + "' holds a reference; those are for secrets, in " + String.join(", ", SinkWords.secretOptions())
                    + " and properties; write the value itself");
        }
    }

    /** Passes if each reference in the text is well formed. */
    static void checkAll(String text) {
        check(LOOKS_LIKE.matcher(text));
    }

    /** Passes if each of our references is well formed; others may be the client's own. */
    static void checkOurs(String text) {
        check(LOOKS_LIKE_OURS.matcher(text));
    }

    private static void check(Matcher matcher) {
        while (matcher.find()) {
            if (!IS.matcher(matcher.group()).matches()) {
                throw new IllegalArgumentException("'" + PlainText.excerpt(matcher.group())
                        + "' is not a reference; write ${env:NAME}, or ${file:/path} with the whole path");
            }
        }
    }
}
