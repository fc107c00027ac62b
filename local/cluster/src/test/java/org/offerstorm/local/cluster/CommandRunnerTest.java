package org.offerstorm.local.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.offerstorm.core.check.Failure;
import org.offerstorm.local.cluster.cli.InProcessCommands;

class CommandRunnerTest {
    private final CommandRunner both = (out, err, words) -> {
        out.print("output of " + words);
        err.print(", error");
        return words.size();
    };

    @Test
    void an_answer_has_the_exit_code_and_what_was_printed_on_both_streams() {
        assertThat(both.answer(List.of("dlq", "list")))
                .isEqualTo(new CommandRunner.Answer(2, "output of [dlq, list], error"));
    }

    @Test
    void a_command_that_has_to_succeed_fails_with_what_it_printed() {
        assertThat(both.must(List.of())).isEqualTo("output of [], error");

        Failure failure = catchThrowableOfType(Failure.class, () -> both.must(List.of("submit")));
        assertThat(failure.exitCode()).isEqualTo(Failure.UNREACHABLE);
        assertThat(failure.getMessage())
                .isEqualTo("'offerstorm submit' ended with exit code 1:\noutput of [submit], error");
    }

    @Test
    void commands_of_the_topology_and_of_the_cluster_run_in_this_process() {
        InProcessCommands commands = new InProcessCommands();

        assertThat(commands.answer(List.of("cluster", "down", "--help")))
                .satisfies(answer -> assertThat(answer.code()).isZero())
                .satisfies(answer -> assertThat(answer.text()).contains("--delete-data"));
        assertThat(commands.answer(List.of("classify", "--lat")).code()).isEqualTo(Failure.USAGE);
    }
}
