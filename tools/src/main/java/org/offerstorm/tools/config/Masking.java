package org.offerstorm.tools.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.SaslConfigs;
import org.offerstorm.core.config.TriggersConfig;
import org.offerstorm.core.option.Option;
import org.offerstorm.core.option.Option.Properties;
import org.offerstorm.core.secret.Secrets;
import org.offerstorm.core.text.PlainText;
import org.offerstorm.core.trigger.Channel;

/** Hides the secrets that somebody wrote out; references to secrets are no secrets and stay. */
public final class Masking {
    static final String MASK = "********";

    private static final Pattern SECRET_VALUE = Pattern.compile(
            "(password|passwd|passphrase|secret|token|credential|api[._-]?key|[?&](sig|key))\\W{0,3}[=:]",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{(env|file):[^}]*}");
    /** Scheme and user, password, and the last @: a password may hold others. */
    private static final Pattern CREDENTIALS =
            Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*://(?:\\$\\{[^}]*}|[^/\\s:@])*:)(\\S*)@");
    /** Scheme, what comes before the last @ of the authority, host and port, and all that follows. */
    private static final Pattern ADDRESS = Pattern.compile(
            "([A-Za-z][A-Za-z0-9+.-]*://)((?:\\$\\{[^}]*}|[^/?#])*@)?((?:\\$\\{[^}]*}|[^/?#@])*)(.*)", Pattern.DOTALL);

    /** What may be before an address: the form of a channel, or its name, if several are given at once. */
    private static final Pattern FORM =
            Pattern.compile("[^:/?#@]*?(?=[A-Za-z][A-Za-z0-9+.-]*://|\\$\\{)|\\s*[A-Za-z]{1,20}\\s+");

    private Masking() {}

    /**
     * A value as it may be shown.
     *
     * @param name of the property, without the option's path; unused if the option is no map of properties
     */
    static String show(Option option, String name, String value) {
        if (option.equals(Options.WEBHOOK)) {
            return address(value);
        }
        if (option.equals(Options.CHANNELS)) {
            return channel(value);
        }
        if (!(option instanceof Properties properties)) {
            return text(value);
        }
        if (!properties.rules().mayHoldSecrets()) {
            return value;
        }
        if (name.equals(SaslConfigs.SASL_JAAS_CONFIG)) {
            return JaasText.show(value, Masking::keepReferences);
        }
        return properties.rules().isSecret(name) && !value.matches("true|false") ? keepReferences(value) : text(value);
    }

    /** Whether something of the value would be hidden. */
    static boolean hides(Option option, String name, String value) {
        return !show(option, name, value).equals(value);
    }

    /** External text, short, as it may be in a message: what looks like a secret is hidden. */
    static String excerpt(String text) {
        return PlainText.excerpt(text(text));
    }

    /** A text of which nothing is known. */
    private static String text(String value) {
        return SECRET_VALUE.matcher(Secrets.replaceReferences(value, "")).find()
                ? keepReferences(value)
                : hidePasswords(value);
    }

    /** A setting of a command line, {@code PATH=VALUE}, as it may be shown: as {@link #show} does it, if the option is known. */
    public static String setting(String argument) {
        int at = argument.indexOf('=');
        if (at < 0) {
            return text(argument);
        }
        String path = argument.substring(0, at);
        String value = argument.substring(at + 1);
        for (Option option : Options.ALL) {
            if (path.equals(option.path())) {
                return path + "=" + show(option, "", value);
            }
            if (option instanceof Properties && path.startsWith(option.path() + ".")) {
                return path + "=" + show(option, path.substring(option.path().length() + 1), value);
            }
        }
        if (looksSecret(path)) {
            return path + "=" + keepReferences(value);
        }
        // A misspelt option may be one of a web hook.
        return path + "=" + (value.contains("://") ? channel(value) : text(value));
    }

    /**
     * An argument of a command, or a message, as it may be shown.
     *
     * @param name of the option; empty if it has none
     */
    public static String argument(String name, String value) {
        return looksSecret(name) ? keepReferences(value) : text(value);
    }

    private static boolean looksSecret(String name) {
        return SECRET_VALUE.matcher(name + "=").find();
    }

    /** Any text, such as a message about an argument, with the passwords of addresses hidden. */
    public static String hidePasswords(String text) {
        return CREDENTIALS
                .matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(match.group(1) + keepReferences(match.group(2)) + "@"));
    }

    /** A web hook: services make the path, or a parameter, the secret. If some of it is a reference, that is the secret. */
    private static String address(String value) {
        Matcher address = ADDRESS.matcher(value);
        if (!address.matches()) { // none, a reference, or a mistake
            return value.equals(TriggersConfig.NO_WEBHOOK) ? value : keepReferences(value);
        }
        String user = address.group(2) == null ? "" : address.group(2);
        String rest = address.group(4);
        boolean isOpen = rest.isEmpty()
                || rest.equals("/")
                || (REFERENCE.matcher(rest).find() && text(rest).equals(rest));
        return address.group(1)
                + (user.isEmpty() ? "" : keepReferences(user.substring(0, user.length() - 1)) + "@")
                + address.group(3)
                + (isOpen ? rest : "/" + keepReferences(rest));
    }

    /** An address with a form in front; of mail only the password is a secret. In a mistake more is hidden. */
    private static String channel(String value) {
        Matcher form = FORM.matcher(value);
        String before = form.lookingAt() ? form.group() : "";
        String address = value.substring(before.length());
        return before + (isMail(value) ? mail(address) : address(address));
    }

    /** Whether this is a channel of mail. */
    static boolean isMail(String value) {
        try {
            return Channel.parse(value).form() == Channel.Form.MAIL;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String mail(String value) {
        Matcher address = ADDRESS.matcher(value);
        if (!address.matches() || address.group(2) == null) {
            return value; // a reference, or a server without login
        }
        String user = address.group(2).substring(0, address.group(2).length() - 1);
        int password = user.indexOf(':') + 1;
        return address.group(1)
                + (password == 0
                        ? keepReferences(user)
                        : user.substring(0, password) + keepReferences(user.substring(password)))
                + "@" + address.group(3) + address.group(4);
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
