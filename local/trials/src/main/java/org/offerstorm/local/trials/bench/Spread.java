package org.offerstorm.local.trials.bench;

import java.util.List;

/**
 * A figure of each round.
 *
 * @param rounds in order
 * @param median of an even number, the mean of the two in the middle
 */
record Spread(List<Double> rounds, double median, double least, double most) {
    Spread {
        rounds = List.copyOf(rounds);
    }

    static Spread of(List<Double> rounds) {
        List<Double> sorted = rounds.stream().sorted().toList();
        int half = sorted.size() / 2;
        double median = sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
        return new Spread(rounds, median, sorted.get(0), sorted.get(sorted.size() - 1));
    }
}
