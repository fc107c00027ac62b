package org.offerstorm.local.trials.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.offerstorm.core.check.Failure;
import org.offerstorm.local.trials.chaos.site.Fault;

class FaultsTest {
    @Test
    void names_are_unique_and_easy_to_type_and_every_fault_explains_itself() {
        assertThat(Faults.byName().size()).isEqualTo(Faults.all().size());
        for (Supplier<Fault> maker : Faults.all()) {
            Fault fault = maker.get();
            assertThat(fault.name()).matches("[a-z0-9]+(-[a-z0-9]+)*");
            assertThat(fault.description().length()).as(fault.name()).isGreaterThan(20);
            assertThat(fault.description().endsWith(".")).as(fault.name()).isTrue();
            assertThat(fault.takes().compareTo(fault.lasts())).as(fault.name()).isGreaterThan(0);
        }
    }

    @Test
    void each_step_has_its_own_fault() {
        Supplier<Fault> maker = Faults.byName().get("worker-zombie");

        assertThat(maker.get() != maker.get()).isTrue();
    }

    @Test
    void without_a_choice_all_are_taken() {
        assertThat(Faults.chosen(List.of()).keySet()).isEqualTo(Faults.byName().keySet());
    }

    @Test
    void those_of_the_lake_are_taken_with_a_lake_alone() {
        assertThat(Faults.chosen(List.of(), true, false).keySet())
                .isEqualTo(Faults.byName().keySet());
        assertThat(Faults.chosen(List.of(), false, false).keySet())
                .hasSize(Faults.all().size() - 2)
                .doesNotContain("lake-kill", "lake-twice");
        assertThat(Faults.chosen(List.of("lake-kill"), true, false).keySet()).isEqualTo(Set.of("lake-kill"));
        Failure failure = catchThrowableOfType(
                Failure.class, () -> Faults.chosen(List.of("redis-kill", "lake-kill"), false, false));
        assertThat(failure.exitCode()).isEqualTo(Failure.USAGE);
        assertThat(failure.getMessage()).isEqualTo("lake-kill: only with --lake");
    }

    @Test
    void those_that_read_requests_are_taken_over_open_wires_alone() {
        assertThat(Faults.chosen(List.of(), true, true).keySet())
                .hasSize(Faults.all().size() - 2)
                .doesNotContain("solr-429", "solr-503");
        Failure failure = catchThrowableOfType(
                Failure.class, () -> Faults.chosen(List.of("solr-503", "redis-kill"), false, true));
        assertThat(failure.getMessage()).isEqualTo("solr-503: not with --secure");
    }

    @Test
    void chosen_ones_are_taken_once_each() {
        assertThat(Faults.chosen(List.of("redis-kill", " solr-kill", "redis-kill"))
                        .keySet())
                .isEqualTo(Set.of("redis-kill", "solr-kill"));
    }

    @Test
    void an_unknown_name_is_refused_with_the_nearest() {
        Failure failure = catchThrowableOfType(Failure.class, () -> Faults.chosen(List.of("redis-kil", "solr-kill")));

        assertThat(failure.exitCode()).isEqualTo(Failure.USAGE);
        assertThat(failure.getMessage()).contains("'redis-kil' (did you mean redis-kill?)");
        assertThat(failure.getMessage()).contains("--list");
    }
}
