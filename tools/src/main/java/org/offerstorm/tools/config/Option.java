package org.offerstorm.tools.config;

import java.util.Map;
import java.util.Set;
import org.offerstorm.core.config.OfferstormConfig.SinkName;

/** An option of the configuration, and all that is known of it. {@link Options} lists them. */
sealed interface Option {
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

    /** A list of sinks, each at most once. */
    record Sinks(String path, Set<SinkName> defaults, String doc) implements Option {
        @Override
        public String allowed() {
            return "list of " + SinkType.NAMES + ", at least one, each once; or `" + SinkType.NONE + "`";
        }

        @Override
        public String defaultText() {
            return SinkType.write(defaults);
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

        Map<String, String> defaults() {
            return Map.of();
        }
    }
}
