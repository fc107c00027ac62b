package org.offerstorm.local.trials;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.offerstorm.tools.cli.RootCommand;
import org.offerstorm.tools.cli.value.OptionRules;
import picocli.CommandLine;

class OfferstormTest {
    /** {@code --offers} is a file to the demo, and a number to the benchmarks. */
    @Test
    void a_kind_of_value_has_one_grammar_in_all_commands() {
        assertThat(OptionRules.problems(RootCommand.of(Offerstorm.commands()), Set.of("--offers")))
                .isEmpty();
    }

    /** The launcher's class path is that of this module. */
    @Test
    void all_that_a_topology_is_made_of_is_on_the_class_path() {
        CommandLine line = RootCommand.of(Offerstorm.commands());
        StringWriter out = new StringWriter();
        line.setOut(new PrintWriter(out));

        assertThat(line.execute("plan")).isZero();
        assertThat(out.toString()).contains("offer-spout", "redis-counter");
    }
}
