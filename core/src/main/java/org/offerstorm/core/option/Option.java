package org.offerstorm.core.option;

import java.util.Collection;
import java.util.List;

/** An option of the configuration, and everything that is known about it. */
public sealed interface Option {
    /** Section and key, {@code redis.timeout}; {@code sinks} alone has no section. */
    String path();

    /** What it is for; one or more lines. */
    String doc();

    /** What values it takes, for the reference. */
    String allowed();

    /** The default, as it is written. */
    String defaultText();

    /** The part of the path before the dot; empty if there is none. */
    default String section() {
        return path().substring(0, Math.max(0, path().indexOf('.')));
    }

    /** The part of the path after the dot. */
    default String key() {
        return path().substring(path().indexOf('.') + 1);
    }

    /** One value. */
    record Single<T>(String path, ValueType<T> type, String defaultText, String doc) implements Option {
        @Override
        public String allowed() {
            return type.allowed();
        }
    }

    /**
     * A list of names, each at most once.
     *
     * @param names the names that may be listed, in their order
     * @param defaults those that are listed by default
     */
    record Names(String path, List<String> names, List<String> defaults, String doc) implements Option {
        /** Alone in the list: it is empty on purpose. */
        public static final String NONE = "none";

        public Names {
            names = List.copyOf(names);
            defaults = List.copyOf(defaults);
        }

        /** The names, for people. */
        public String choices() {
            return String.join(", ", names);
        }

        @Override
        public String allowed() {
            return "list of " + choices() + ", at least one, each once; or `" + NONE + "`";
        }

        @Override
        public String defaultText() {
            return write(defaults);
        }

        /** A list as it is in the file. */
        public static String write(Collection<String> names) {
            return names.isEmpty() ? "[" + NONE + "]" : "[" + String.join(", ", names) + "]";
        }
    }

    /** Properties that are handed to a client; names with dots, none by default. */
    record Properties(String path, PropertyRules rules, String doc) implements Option {
        @Override
        public String allowed() {
            return "names and values";
        }

        @Override
        public String defaultText() {
            return "{}";
        }
    }
}
