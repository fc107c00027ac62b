package org.offerstorm.tools.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.offerstorm.core.secret.Secrets;

/** Hides the secrets that somebody wrote out; references to secrets are no secrets and stay. */
final class Masking {
    static final String MASK = "********";

    private static final Pattern SECRET_NAME = Pattern.compile(
            "password|passwd|secret|token|jaas|credential|api[._-]?key|keystore\\.key|private",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern SECRET_VALUE =
            Pattern.compile("(password|passwd|secret|token)\\W{0,3}[=:]", Pattern.CASE_INSENSITIVE);
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{(env|file):[^}]*}");
    /** Scheme and user, password, and the last @: a password may hold others. */
    private static final Pattern CREDENTIALS =
            Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*://(?:\\$\\{[^}]*}|[^/\\s:@])*:)(\\S*)@");

    private Masking() {}

    /** Whether a property of this name holds a secret. */
    static boolean isSecret(String name) {
        return SECRET_NAME.matcher(name).find();
    }

    /** The value as it may be shown. */
    static String show(String name, String value) {
        if (isSecret(name)
                || SECRET_VALUE.matcher(Secrets.replaceReferences(value, "")).find()) {
            return keepReferences(value);
        }
        return CREDENTIALS
                .matcher(value)
                .replaceAll(match -> Matcher.quoteReplacement(match.group(1) + keepReferences(match.group(2)) + "@"));
    }

    /** Whether something of the value would be hidden. */
    static boolean hides(String name, String value) {
        return !show(name, value).equals(value);
    }

    private static String keepReferences(String value) {
        StringBuilder shown = new StringBuilder();
        Matcher matcher = REFERENCE.matcher(value);
        int end = 0;
        while (matcher.find()) {
            shown.append(matcher.start() > end ? MASK : "").append(matcher.group());
            end = matcher.end();
        }
        return shown.append(end < value.length() ? MASK : "").toString();
    }
}
