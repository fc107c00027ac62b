package org.offerstorm.topology.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class TopologyCommandsTest {
    private final StringWriter err = new StringWriter();

    @Test
    void a_misused_command_gets_one_message_and_a_pointer_to_its_help() {
        assertThat(run("counts", "--formt=csv")).isEqualTo(2);
        assertThat(err.toString().lines())
                .hasSizeLessThanOrEqualTo(3)
                .first()
                .asString()
                .startsWith("counts: ")
                .contains("--formt");
        assertThat(err.toString()).contains("'offerstorm counts --help'").doesNotContain("Usage:");
    }

    @Test
    void a_command_that_does_not_exist_gets_the_nearest_ones() {
        assertThat(run("cuonts")).isEqualTo(2);
        assertThat(err.toString()).contains("cuonts", "offerstorm counts", "'offerstorm --help'");
    }

    @Test
    void whoever_says_nothing_gets_the_list_of_commands() {
        assertThat(run()).isEqualTo(2);
        assertThat(err.toString()).contains("Usage: offerstorm", "produce", "counts");
    }

    private int run(String... arguments) {
        return TopologyCommands.commandLine().setErr(new PrintWriter(err, true)).execute(arguments);
    }
}
