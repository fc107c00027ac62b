package org.offerstorm.tools.config;

import org.offerstorm.core.option.NumberType;
import org.offerstorm.core.option.ValueType;
import org.offerstorm.core.text.PlainText;

/**
 * A number of parsing tasks, or {@link #CORES}. This is the only place that says how many tasks fit a machine.
 *
 * @param cores of this machine
 */
record ParseTasksType(int cores) implements ValueType<Integer> {
    /** As many as the cores of the machine that reads the configuration. */
    static final String CORES = "cores";

    /** On two cores, two tasks were up to 1.4 times as fast as one, for the same CPU. A task without work costs nothing. */
    private static final int LEAST = 2;
    /** These parse more than one spout task reads. */
    private static final int MOST = 4;

    private static final NumberType<Integer> NUMBER = NumberType.whole(1, 1_000);

    @Override
    public Integer parse(String text) {
        if (text.strip().equals(CORES)) {
            return Math.max(LEAST, Math.min(MOST, cores));
        }
        try {
            return NUMBER.parse(text);
        } catch (IllegalArgumentException e) {
            if (text.strip().matches("-?[0-9]+")) {
                throw e;
            }
            throw new IllegalArgumentException(
                    "'" + PlainText.excerpt(text) + "' is neither a whole number nor " + CORES
                            + "; write 1 to 1000, or " + CORES,
                    e);
        }
    }

    @Override
    public String allowed() {
        return NUMBER.allowed() + ", or " + CORES;
    }

    /** Why there are so many, for people. */
    String reason(String text) {
        if (!text.strip().equals(CORES)) {
            return "as topology.parse-tasks says";
        }
        return "because this machine has " + cores + (cores == 1 ? " core" : " cores") + " (topology.parse-tasks: "
                + CORES + "; one for each, at least " + LEAST + ", at most " + MOST
                + "). Write the number if the workers have others";
    }
}
