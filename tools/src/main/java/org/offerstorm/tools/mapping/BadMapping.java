package org.offerstorm.tools.mapping;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.offerstorm.tools.config.Problem;

/** A mapping that cannot be used. The message lists every problem with its file, line and column. */
public final class BadMapping extends IllegalArgumentException {
    private static final int SHOWN = 100;

    private final transient List<String> problems;
    private final int count;

    BadMapping(String name, Collection<Problem> problems) {
        this(name, lines(problems), problems.size());
    }

    private BadMapping(String name, List<String> lines, int count) {
        super("the mapping " + name + (count == 1 ? " has a problem:\n" : " has " + count + " problems:\n")
                + String.join("\n", lines));
        this.problems = lines;
        this.count = count;
    }

    /** One line for each problem, {@code file:line:column: key: what is wrong; what to do}; at most some hundred. */
    public List<String> problems() {
        return problems;
    }

    /** Number of problems, also of those not listed. */
    public int count() {
        return count;
    }

    private static List<String> lines(Collection<Problem> problems) {
        List<String> lines = new ArrayList<>(
                problems.stream().sorted().limit(SHOWN).map(Problem::toString).toList());
        if (problems.size() > SHOWN) {
            lines.add("… and " + (problems.size() - SHOWN) + " more");
        }
        return List.copyOf(lines);
    }
}
