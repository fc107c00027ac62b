package org.offerstorm.tools.config;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** The configuration cannot be used. The message says where and why, one line for each problem, for whoever wrote it. */
public final class ConfigException extends RuntimeException {
    private static final int SHOWN = 100;

    private final transient List<String> problems;
    private final int count;

    ConfigException(Collection<Problem> problems) {
        this(lines(problems), problems.size());
    }

    private ConfigException(List<String> lines, int count) {
        super((count == 1 ? "the configuration has a problem:\n" : "the configuration has " + count + " problems:\n")
                + String.join("\n", lines));
        this.problems = lines;
        this.count = count;
    }

    /** One line for each problem, {@code file:line:column: option: what is wrong; what to do}; at most some hundred. */
    public List<String> problems() {
        return problems;
    }

    /** Number of problems, also of those not listed. */
    public int count() {
        return count;
    }

    private static List<String> lines(Collection<Problem> problems) {
        List<String> lines =
                problems.stream().sorted().limit(SHOWN).map(Problem::toString).collect(Collectors.toList());
        if (problems.size() > SHOWN) {
            lines.add("… and " + (problems.size() - SHOWN) + " more");
        }
        return List.copyOf(lines);
    }
}
