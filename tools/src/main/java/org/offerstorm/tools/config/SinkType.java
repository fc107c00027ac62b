package org.offerstorm.tools.config;

import java.util.Collection;
import org.offerstorm.core.option.Option.Names;
import org.offerstorm.core.sink.SinkKind;
import org.offerstorm.core.text.PlainText;
import org.offerstorm.sinks.Sinks;

/** The name of a sink, in lower case as people write it. */
final class SinkType {
    private SinkType() {}

    static SinkKind<?> parse(String text) {
        for (SinkKind<?> kind : Sinks.ALL) {
            if (kind.name().equals(text)) {
                return kind;
            }
        }
        throw new IllegalArgumentException(
                text.equals(Names.NONE)
                        ? Names.NONE + " must be the only entry"
                        : "there is no sink '" + PlainText.excerpt(text) + "'; choose among "
                                + Options.SINKS.choices());
    }

    static String write(Collection<SinkKind<?>> sinks) {
        return Names.write(sinks.stream().map(SinkKind::name).toList());
    }
}
