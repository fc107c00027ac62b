package org.offerstorm.topology.cli;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.offerstorm.topology.letters.LetterPosition;
import org.offerstorm.topology.letters.LetterSelection;
import picocli.CommandLine.Option;

/** Options that choose dead letters by what they are: a picocli mixin. */
final class LetterFilters {
    @Option(
            names = "--reason",
            paramLabel = "R",
            description = "Of this reason, such as bad_json; may be repeated. docs/input.md lists them.")
    private List<String> reasons = new ArrayList<>();

    @Option(
            names = "--stage",
            paramLabel = "S",
            description = "Refused by this stage: parse, solr or spout (gaps); may be repeated.")
    private List<String> stages = new ArrayList<>();

    @Option(
            names = "--since",
            paramLabel = "T",
            converter = Moments.class,
            description = "Refused then or later: 2h (ago), 2026-03-01 or 2026-03-01T09:30:00Z.")
    private Instant since;

    @Option(names = "--before", paramLabel = "T", converter = Moments.class, description = "Refused before then.")
    private Instant before;

    /** Whether any was given. */
    boolean any() {
        return !reasons.isEmpty() || !stages.isEmpty() || since != null || before != null;
    }

    LetterSelection selection(Set<LetterPosition> positions) {
        return new LetterSelection(
                positions,
                new HashSet<>(reasons),
                new HashSet<>(stages),
                since == null ? Long.MIN_VALUE : since.toEpochMilli(),
                before == null ? Long.MAX_VALUE : before.toEpochMilli());
    }
}
