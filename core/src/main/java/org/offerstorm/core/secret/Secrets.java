package org.offerstorm.core.secret;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Secrets are in the configuration as references, {@code ${env:NAME}} and {@code ${file:path}}, and are resolved on the
 * worker when a connection opens: they never travel in the topology's configuration, to the UI or to logs.
 */
public final class Secrets {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{(env|file):([^}]*)}");

    private static final Pattern SECRET_NAME = Pattern.compile(
            "password|passwd|passphrase|secret|token|jaas|credential|api[._-]?key|keystore\\.key|private",
            Pattern.CASE_INSENSITIVE);

    private static final String JAAS = "sasl.jaas.config";

    private Secrets() {}

    /**
     * A reference leads nowhere in this process, or to something that cannot be used. The message says which, and what to
     * do; it holds no secret.
     */
    public static class Unresolved extends IllegalArgumentException {
        protected Unresolved(String message, Throwable cause) {
            super(message, cause);
        }

        /**
         * What to do, one clause for people.
         *
         * @param option that names it, {@code redis.uri}
         */
        public String fix(String option) {
            return "set the secret that " + option + " names, here and on every worker";
        }

        /** The one that an error comes from, if it comes from one. */
        public static Optional<Unresolved> in(Throwable error) {
            for (Throwable t = error; t != null; t = t.getCause()) {
                if (t instanceof Unresolved unresolved) {
                    return Optional.of(unresolved);
                }
            }
            return Optional.empty();
        }
    }

    /**
     * The text with each reference replaced by what it names; a file's trailing line end is dropped.
     *
     * @throws Unresolved if a variable is not set or a file cannot be read
     */
    public static String resolve(String text) {
        return resolve(text, System::getenv);
    }

    /**
     * A URI with each reference replaced. A reference to a part of the URI is percent-encoded, so a password may
     * hold any character; a reference that is all of the text names a whole URI and is taken as it is.
     *
     * @throws Unresolved if a variable is not set or a file cannot be read
     */
    public static String resolveUri(String text) {
        if (isReference(text)) {
            return resolve(text);
        }
        return REFERENCE
                .matcher(text)
                .replaceAll(match ->
                        Matcher.quoteReplacement(URLEncoder.encode(resolve(match.group()), StandardCharsets.UTF_8)
                                .replace("+", "%20")));
    }

    /** Whether a property of this name is likely to hold a secret. */
    public static boolean isSecretName(String name) {
        return SECRET_NAME.matcher(name).find();
    }

    /** Whether the text is one reference and nothing else. */
    public static boolean isReference(String text) {
        return REFERENCE.matcher(text).matches();
    }

    /** The text with each reference replaced by a placeholder: what can be said of it without the secrets. */
    public static String replaceReferences(String text, String placeholder) {
        return REFERENCE.matcher(text).replaceAll(Matcher.quoteReplacement(placeholder));
    }

    /**
     * All values resolved, the order kept.
     *
     * @throws Unresolved if a variable is not set or a file cannot be read
     */
    public static Map<String, String> resolve(Map<String, String> values) {
        Map<String, String> resolved = new LinkedHashMap<>(values);
        resolved.replaceAll(Secrets::resolve);
        return resolved;
    }

    /**
     * The value of a property of a client resolved. In a login of JAAS, where a secret is a part of a quoted text, its
     * quotation marks and backslashes are escaped.
     *
     * @throws Unresolved if a variable is not set or a file cannot be read
     */
    public static String resolve(String name, String value) {
        if (!name.endsWith(JAAS) || isReference(value)) {
            return resolve(value);
        }
        return REFERENCE
                .matcher(value)
                .replaceAll(match -> Matcher.quoteReplacement(
                        resolve(match.group()).replace("\\", "\\\\").replace("\"", "\\\"")));
    }

    static String resolve(String text, UnaryOperator<String> environment) {
        return REFERENCE
                .matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(
                        match.group(1).equals("env") ? variable(match.group(2), environment) : file(match.group(2))));
    }

    private static String variable(String name, UnaryOperator<String> environment) {
        String value = environment.apply(name);
        if (value == null) {
            throw new Unresolved(
                    "the configuration names ${env:" + name
                            + "}, but there is no such variable here; set it where this process (a worker, a command)"
                            + " starts",
                    null);
        }
        return value;
    }

    private static String file(String path) {
        try {
            return Files.readString(Path.of(path)).stripTrailing();
        } catch (IOException | InvalidPathException e) {
            throw new Unresolved(
                    "the configuration names ${file:" + path + "}, which cannot be read here ("
                            + e.getClass().getSimpleName()
                            + "); put the file on every machine that runs a worker, readable"
                            + " for it",
                    e);
        }
    }
}
