package org.offerstorm.tools.config;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;
import org.offerstorm.core.config.OfferstormConfig.SinkName;
import org.offerstorm.core.text.PlainText;

/** The name of a sink, in lower case as people write it. */
final class SinkType {
    /** Alone in the list: offers are read, parsed and classified, bad ones go to the dead letters, nothing else is written. */
    static final String NONE = "none";

    static final String NAMES =
            Arrays.stream(SinkName.values()).map(SinkType::name).collect(Collectors.joining(", "));

    private SinkType() {}

    static SinkName parse(String text) {
        for (SinkName sink : SinkName.values()) {
            if (name(sink).equals(text)) {
                return sink;
            }
        }
        throw new IllegalArgumentException(
                text.equals(NONE)
                        ? NONE + " stands alone or not at all"
                        : "there is no sink '" + PlainText.excerpt(text) + "'; choose among " + NAMES);
    }

    static String name(SinkName sink) {
        return sink.name().toLowerCase(Locale.ROOT);
    }

    static String write(Collection<SinkName> sinks) {
        return sinks.isEmpty()
                ? "[" + NONE + "]"
                : sinks.stream().map(SinkType::name).collect(Collectors.joining(", ", "[", "]"));
    }
}
