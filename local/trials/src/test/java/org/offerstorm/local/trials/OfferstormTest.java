package org.offerstorm.local.trials;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.offerstorm.tools.cli.RootCommand;
import org.offerstorm.tools.cli.value.OptionRules;

class OfferstormTest {
    /** {@code --offers} is a file to the demo, and a number to the benchmarks. */
    @Test
    void a_kind_of_value_has_one_grammar_in_all_commands() {
        assertThat(OptionRules.problems(RootCommand.of(Offerstorm.commands()), Set.of("--offers")))
                .isEmpty();
    }
}
