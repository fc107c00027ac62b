package org.offerstorm.local.trials.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * Which faults are injected in which order: a pure function of the seed, the time and the choice of faults. Every fault comes once
 * before any comes again, as far as the time allows.
 *
 * @param steps at least one
 */
public record FaultPlan(List<Step> steps) {
    private static final int SHORTEST_PAUSE = 2;
    private static final int LONGEST_PAUSE = 6;

    public FaultPlan {
        steps = List.copyOf(steps);
    }

    /**
     * A fault as the plan sees it.
     *
     * @param takes from its injection until the sinks are fresh again, as a rule
     */
    record Candidate(String fault, Duration takes) {}

    /**
     * One of them.
     *
     * @param number from 1
     * @param seed of all that the fault leaves to chance
     * @param pause of calm after it
     */
    public record Step(int number, String fault, long seed, Duration pause) {}

    /**
     * Draws a plan.
     *
     * @param length of the whole, by nominal durations; the first step is drawn even if it takes longer
     * @param candidates at least one; their order does not matter
     */
    static FaultPlan draw(long seed, Duration length, List<Candidate> candidates) {
        List<Candidate> sorted = candidates.stream()
                .sorted(Comparator.comparing(Candidate::fault))
                .toList();
        Random random = new Random(seed);
        List<Step> steps = new ArrayList<>();
        List<Candidate> round = new ArrayList<>();
        Duration left = length;
        while (true) {
            if (round.isEmpty()) {
                round.addAll(sorted);
                Collections.shuffle(round, random);
            }
            Duration pause = Duration.ofSeconds(SHORTEST_PAUSE + random.nextInt(LONGEST_PAUSE - SHORTEST_PAUSE + 1));
            Candidate next = fitting(steps.isEmpty() ? null : left.minus(pause), round);
            if (next == null && round.size() == sorted.size()) {
                return new FaultPlan(steps);
            }
            if (next == null) {
                round.clear(); // shorter ones may come once more
                continue;
            }
            round.remove(next);
            steps.add(new Step(steps.size() + 1, next.fault(), random.nextLong(), pause));
            left = left.minus(next.takes()).minus(pause);
        }
    }

    /** A length in which each candidate comes once, regardless of the seed. */
    static Duration lengthForAll(List<Candidate> candidates) {
        return candidates.stream()
                .map(candidate -> candidate.takes().plusSeconds(LONGEST_PAUSE))
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** Those of {@code faults} that have no step. */
    public List<String> without(Collection<String> faults) {
        return faults.stream()
                .filter(fault -> steps.stream().noneMatch(step -> step.fault().equals(fault)))
                .toList();
    }

    /** The first that fits; null: none does. */
    private static Candidate fitting(Duration left, List<Candidate> round) {
        return round.stream()
                .filter(candidate -> left == null || candidate.takes().compareTo(left) <= 0)
                .findFirst()
                .orElse(null);
    }
}
