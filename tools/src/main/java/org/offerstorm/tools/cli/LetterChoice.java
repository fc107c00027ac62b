package org.offerstorm.tools.cli;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.tools.deadletters.LetterPosition;
import org.offerstorm.tools.deadletters.LetterSelection;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** Which letters a command changes: positions, or filters, or all; never by default. A picocli mixin. */
final class LetterChoice {
    @Parameters(
            paramLabel = "POSITION",
            arity = "0..*",
            description = "PARTITION@OFFSET of the refused record, as 'dlq ls' writes it.")
    private List<String> positions = new ArrayList<>();

    @Mixin
    private LetterFilters filters;

    @Option(names = "--all", description = "Choose all letters.")
    private boolean all;

    /** @throws ParameterException if nothing is chosen, or in two ways */
    LetterSelection selection(CommandSpec spec, OfferstormConfig config) {
        int ways = (positions.isEmpty() ? 0 : 1) + (filters.any() ? 1 : 0) + (all ? 1 : 0);
        if (ways != 1) {
            throw new ParameterException(
                    spec.commandLine(),
                    ways == 0
                            ? "say which: POSITION…, filters such as --reason, or --all"
                            : "choose by positions, by filters or --all, not by several of them");
        }
        Set<LetterPosition> chosen = new LinkedHashSet<>();
        positions.forEach(text -> chosen.add(Dlq.position(text, config)));
        return filters.selection(spec, chosen);
    }

    /** Number of positions named. */
    int named() {
        return positions.size();
    }
}
