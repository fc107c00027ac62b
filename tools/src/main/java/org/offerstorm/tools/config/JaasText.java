package org.offerstorm.tools.config;

import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code sasl.jaas.config} as it may be shown: {@code Module required name="value" …;}. Of its options only those are shown
 * that are known to be public, because other modules name their secrets as they like.
 */
final class JaasText {
    private static final Pattern WHOLE = Pattern.compile("\\s*[\\w.$]+\\s+(?:required|requisite|sufficient|optional)"
            + "(?:\\s+[\\w.-]+\\s*=\\s*(?:\"(?:[^\"\\\\]|\\\\.)*\"|[^\\s;\"=]+))*\\s*;\\s*");
    private static final Pattern OPTION =
            Pattern.compile("([\\w.-]+)(\\s*=\\s*)(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^\\s;\"=]+))");
    /** Of Kafka's modules for PLAIN, SCRAM and OAuth, and of Java's for Kerberos. */
    private static final Set<String> PUBLIC = Set.of(
            "username",
            "tokenauth",
            "clientId",
            "scope",
            "useKeyTab",
            "keyTab",
            "storeKey",
            "principal",
            "serviceName",
            "useTicketCache",
            "ticketCache",
            "renewTGT",
            "doNotPrompt",
            "isInitiator",
            "refreshKrb5Config",
            "debug");

    private JaasText() {}

    /**
     * The text with what may be a secret hidden.
     *
     * @param hide hides all of a value but its references
     */
    static String show(String text, UnaryOperator<String> hide) {
        if (!WHOLE.matcher(text).matches()) {
            return hide.apply(text);
        }
        return OPTION.matcher(text).replaceAll(option -> {
            boolean quoted = option.group(3) != null;
            String value = quoted ? option.group(3) : option.group(4);
            String shown = PUBLIC.contains(option.group(1)) ? value : hide.apply(value);
            return Matcher.quoteReplacement(option.group(1) + option.group(2) + (quoted ? "\"" + shown + "\"" : shown));
        });
    }
}
