package org.offerstorm.local.trials.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.offerstorm.local.trials.chaos.FaultPlan.Candidate;
import org.offerstorm.local.trials.chaos.FaultPlan.Step;

class FaultPlanTest {
    private static final List<Candidate> CANDIDATES =
            List.of(candidate("a", 10), candidate("b", 20), candidate("c", 30), candidate("d", 40), candidate("e", 90));

    @Test
    void the_same_seed_minutes_and_faults_make_the_same_plan() {
        List<Candidate> otherOrder = new ArrayList<>(CANDIDATES);
        Collections.reverse(otherOrder);

        FaultPlan plan = FaultPlan.draw(7, Duration.ofMinutes(10), CANDIDATES);

        assertThat(FaultPlan.draw(7, Duration.ofMinutes(10), otherOrder)).isEqualTo(plan);
    }

    @Test
    void a_plan_stays_what_it_was_when_its_figures_were_published() {
        FaultPlan plan = FaultPlan.draw(7, Duration.ofMinutes(2), CANDIDATES);

        assertThat(plan.steps().stream().map(Step::fault).toList()).isEqualTo(List.of("e", "a"));
        assertThat(plan.steps().get(0).number()).isEqualTo(1);
    }

    @Test
    void another_seed_makes_another_plan_and_other_seeds_of_steps() {
        FaultPlan one = FaultPlan.draw(7, Duration.ofMinutes(10), CANDIDATES);
        FaultPlan other = FaultPlan.draw(8, Duration.ofMinutes(10), CANDIDATES);

        assertThat(other).isNotEqualTo(one);
        assertThat(other.steps().get(0).seed()).isNotEqualTo(one.steps().get(0).seed());
    }

    @Test
    void every_fault_comes_once_before_any_comes_again_if_there_is_time() {
        for (long seed = 0; seed < 50; seed++) {
            List<Step> steps =
                    FaultPlan.draw(seed, Duration.ofMinutes(10), CANDIDATES).steps();

            Set<String> first = new HashSet<>();
            steps.subList(0, CANDIDATES.size()).forEach(step -> first.add(step.fault()));
            assertThat(first.size()).as("seed " + seed).isEqualTo(CANDIDATES.size());
        }
    }

    @Test
    void it_takes_no_longer_than_it_may() {
        for (long seed = 0; seed < 50; seed++) {
            FaultPlan plan = FaultPlan.draw(seed, Duration.ofMinutes(5), CANDIDATES);

            long seconds = plan.steps().stream()
                    .mapToLong(step -> step.pause().toSeconds() + takes(step.fault()))
                    .sum();
            assertThat(seconds).as("seed " + seed + ": " + seconds).isLessThanOrEqualTo(300);
            assertThat(seconds).as("seed " + seed + ": " + seconds).isGreaterThan(270);
        }
    }

    @Test
    void one_fault_comes_again_and_again() {
        List<Step> steps = FaultPlan.draw(1, Duration.ofMinutes(2), List.of(candidate("a", 10)))
                .steps();

        assertThat(steps.size()).isGreaterThanOrEqualTo(7);
        assertThat(new HashSet<>(steps.stream().map(Step::seed).toList()).size())
                .isEqualTo(steps.size());
    }

    @Test
    void a_single_fault_that_takes_longer_than_the_plan_is_injected_once() {
        assertThat(FaultPlan.draw(1, Duration.ofMinutes(1), List.of(candidate("e", 90)))
                        .steps()
                        .size())
                .isEqualTo(1);
    }

    @Test
    void the_length_for_all_has_time_for_each_regardless_of_the_seed() {
        Duration length = FaultPlan.lengthForAll(CANDIDATES);
        List<String> names = CANDIDATES.stream().map(Candidate::fault).toList();

        for (long seed = 0; seed < 200; seed++) {
            assertThat(FaultPlan.draw(seed, length, CANDIDATES).without(names))
                    .as("seed " + seed)
                    .isEmpty();
        }
        assertThat(FaultPlan.draw(7, Duration.ofMinutes(2), CANDIDATES).without(names))
                .containsExactly("b", "c", "d");
    }

    private static Candidate candidate(String name, int seconds) {
        return new Candidate(name, Duration.ofSeconds(seconds));
    }

    private static long takes(String fault) {
        return CANDIDATES.stream()
                .filter(candidate -> candidate.fault().equals(fault))
                .findFirst()
                .orElseThrow()
                .takes()
                .toSeconds();
    }
}
