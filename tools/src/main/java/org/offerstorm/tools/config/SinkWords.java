package org.offerstorm.tools.config;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.offerstorm.core.option.Option;
import org.offerstorm.core.option.Option.Single;
import org.offerstorm.core.sink.CallLimit;
import org.offerstorm.core.sink.SinkKind;
import org.offerstorm.sinks.Sinks;

/** What the reference and messages say about all sinks. */
final class SinkWords {
    private SinkWords() {}

    /** Which sinks have the tasks of {@code topology.sink-tasks}, and which have one. */
    static String tasks() {
        String many = Sinks.ALL.stream()
                .filter(kind -> kind.oneTaskBecause().isEmpty())
                .map(SinkKind::component)
                .collect(Collectors.joining(" and of ", "Tasks of ", "."));
        String one = Sinks.ALL.stream()
                .flatMap(kind -> kind.oneTaskBecause().stream()
                        .map(reason -> " " + kind.component() + " is one task: " + reason + "."))
                .collect(Collectors.joining());
        return many + one;
    }

    /** The deadlines that no option sets: {@code HDFS 5 s}. */
    static String fixedLimits() {
        return Sinks.LIGHTEST_FIRST.stream()
                .flatMap(kind -> kind.callLimit() instanceof CallLimit.Fixed fixed
                        ? Stream.of(kind.title() + " " + fixed.duration().toSeconds() + " s")
                        : Stream.of())
                .collect(Collectors.joining(", "));
    }

    /** The deadline of each sink in Markdown, as a list: options, and those that no option sets. */
    static String limits() {
        List<String> limits = Sinks.LIGHTEST_FIRST.stream()
                .map(kind -> kind.callLimit() instanceof CallLimit.ByOption by
                        ? "`" + by.option().path() + "`"
                        : "the "
                                + ((CallLimit.Fixed) kind.callLimit())
                                        .duration()
                                        .toSeconds() + " s of " + kind.title())
                .toList();
        return limits.size() == 1
                ? limits.get(0)
                : String.join(", ", limits.subList(0, limits.size() - 1)) + " and " + limits.get(limits.size() - 1);
    }

    /** The options of sinks that may hold references to secrets. */
    static List<String> secretOptions() {
        return Sinks.LIGHTEST_FIRST.stream()
                .flatMap(kind -> kind.options().stream())
                .filter(option ->
                        option instanceof Single<?> single && single.type().takesReferences())
                .map(Option::path)
                .toList();
    }
}
