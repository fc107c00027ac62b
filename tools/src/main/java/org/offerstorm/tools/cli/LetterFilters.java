package org.offerstorm.tools.cli;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.offerstorm.core.TopologyNames;
import org.offerstorm.core.parse.Reason;
import org.offerstorm.core.sink.DeadLetter;
import org.offerstorm.core.sink.SinkKind;
import org.offerstorm.core.text.Nearest;
import org.offerstorm.sinks.Sinks;
import org.offerstorm.tools.deadletters.LetterPosition;
import org.offerstorm.tools.deadletters.LetterSelection;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Options that choose dead letters by what they are: a picocli mixin. */
final class LetterFilters {
    private static final List<String> STAGES = Stream.concat(
                    Stream.of(TopologyNames.PARSE, "spout"), Sinks.ALL.stream().map(SinkKind::name))
            .sorted()
            .toList();

    private static final List<String> REASONS = Stream.concat(
                    Arrays.stream(Reason.values()).map(Reason::code),
                    Stream.of(DeadLetter.SINK_REJECTED, DeadLetter.GAP))
            .toList();

    @Option(
            names = "--reason",
            paramLabel = "R",
            description = "Only letters of this reason, such as bad_json; may be repeated. docs/input.md lists them.")
    private List<String> reasons = new ArrayList<>();

    @Option(
            names = "--stage",
            paramLabel = "S",
            description =
                    "Only letters that this stage refused: parse, spout (gaps), or a sink such as solr; may be repeated.")
    private List<String> stages = new ArrayList<>();

    @Option(
            names = "--since",
            paramLabel = "T",
            description =
                    "Only records refused at or after this time: 90s, 30min, 2h or 7d (ago), 2026-03-01 or 2026-03-01T09:30:00Z.")
    private Instant since;

    @Option(
            names = "--before",
            paramLabel = "T",
            description = "Only records refused before this time, written as for --since.")
    private Instant before;

    /** Whether any was given. */
    boolean any() {
        return !reasons.isEmpty() || !stages.isEmpty() || since != null || before != null;
    }

    /** @throws ParameterException if no letter can have the reason or the stage */
    LetterSelection selection(CommandSpec spec, Set<LetterPosition> positions) {
        known(spec, "reason", reasons, REASONS);
        known(spec, "stage", stages, STAGES);
        return new LetterSelection(
                positions,
                new HashSet<>(reasons),
                new HashSet<>(stages),
                since == null ? Long.MIN_VALUE : since.toEpochMilli(),
                before == null ? Long.MAX_VALUE : before.toEpochMilli());
    }

    private static void known(CommandSpec spec, String what, List<String> written, List<String> names) {
        for (String name : written) {
            if (!names.contains(name)) {
                throw new ParameterException(
                        spec.commandLine(),
                        "--" + what + ": there is no " + what + " '" + name + "'"
                                + Nearest.of(name, names)
                                        .map(nearest -> "; did you mean " + nearest + "?")
                                        .orElse("; there are " + String.join(", ", names)));
            }
        }
    }
}
