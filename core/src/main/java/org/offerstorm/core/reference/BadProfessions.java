package org.offerstorm.core.reference;

import java.util.List;

/** A table of professions that cannot be used. The message lists every problem with its file and line. */
public final class BadProfessions extends IllegalArgumentException {
    private final transient List<String> problems;

    BadProfessions(String source, List<String> problems) {
        super(source + " is not a table of professions:\n  " + String.join("\n  ", problems));
        this.problems = List.copyOf(problems);
    }

    /** Each {@code file:line: what is wrong}, in the order of lines. */
    public List<String> problems() {
        return problems;
    }
}
