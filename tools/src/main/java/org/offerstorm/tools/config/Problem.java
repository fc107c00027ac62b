package org.offerstorm.tools.config;

import java.util.Comparator;

/**
 * Something that is wrong with the configuration.
 *
 * @param place where
 * @param path the option, {@code redis.timeout}; empty if it is about a whole file
 * @param message what is wrong, and what to do; never a secret
 */
public record Problem(Origin place, String path, String message) implements Comparable<Problem> {
    private static final Comparator<Problem> ORDER = Comparator.comparingInt(
                    (Problem problem) -> problem.place().layer())
            .thenComparingInt(problem -> problem.place().line())
            .thenComparingInt(problem -> problem.place().column())
            .thenComparing(Problem::path)
            .thenComparing(Problem::message);

    @Override
    public int compareTo(Problem other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return place + ": " + (path.isEmpty() ? "" : path + ": ") + message;
    }
}
