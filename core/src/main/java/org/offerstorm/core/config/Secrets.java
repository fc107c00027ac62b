package org.offerstorm.core.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Secrets stand in the configuration as references, {@code ${env:NAME}} and {@code ${file:path}}, and are resolved on the
 * worker when a connection opens: they never travel in the topology's configuration, to the UI or to logs.
 */
public final class Secrets {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{(env|file):([^}]*)}");

    private Secrets() {}

    /**
     * The text with each reference replaced by what it names; a file's trailing line end is dropped.
     *
     * @throws IllegalArgumentException if a variable is not set or a file cannot be read; the message holds no secret
     */
    public static String resolve(String text) {
        return resolve(text, System::getenv);
    }

    /** All values resolved, the order kept. */
    public static Map<String, String> resolve(Map<String, String> values) {
        Map<String, String> resolved = new LinkedHashMap<>(values);
        resolved.replaceAll((name, value) -> resolve(value));
        return resolved;
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
            throw new IllegalArgumentException("the configuration names ${env:" + name
                    + "}, but the worker's environment has no such variable; set it where the worker starts");
        }
        return value;
    }

    private static String file(String path) {
        try {
            return Files.readString(Path.of(path)).stripTrailing();
        } catch (IOException | InvalidPathException e) {
            throw new IllegalArgumentException(
                    "the configuration names ${file:" + path + "}, which the worker cannot read ("
                            + e.getClass().getSimpleName() + "); put the file on every worker's machine",
                    e);
        }
    }
}
