package org.offerstorm.topology.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.offerstorm.core.check.Failure;
import org.offerstorm.tools.cli.RootCommand;
import org.offerstorm.tools.cli.ToolCommands;
import org.offerstorm.tools.cli.value.OptionRules;
import picocli.CommandLine;

class TopologyCommandsTest {
    private static final String ALLOW = "--allow-plain-secrets";

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
    void submit_and_plan_warn_of_secrets_as_validate_does() {
        List<String> settings = List.of(
                "-c", "triggers.webhook=http://hooks.example.org/T0/B0/geheim",
                "-c", "redis.uri=redis://ann:geheim@redis.example.org:6379",
                "-c", "topology.nimbus=127.0.0.1:1");
        for (String command : List.of("submit", "plan")) {
            StringWriter out = new StringWriter();
            CommandLine line = TopologyCommands.commandLine();
            line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
            Stream<String> all = Stream.concat(Stream.of(command), settings.stream());
            int unused = line.execute(
                    (command.equals("submit") ? Stream.concat(all, Stream.of(ALLOW)) : all).toArray(String[]::new));
            assertThat(out.toString().lines().filter(text -> text.startsWith("warning: ")))
                    .as(command)
                    .hasSize(4)
                    .anyMatch(text -> text.contains("redis.uri: a secret is written out"))
                    .anyMatch(text -> text.contains("redis.uri: the password goes to redis.example.org without TLS"))
                    .anyMatch(text -> text.contains("triggers.webhook: what follows the host"))
                    .anyMatch(text -> text.contains("triggers.webhook: what is sent to hooks.example.org"));
            assertThat(out.toString() + err).doesNotContain("geheim");
        }
    }

    @Test
    void submit_refuses_secrets_that_would_be_in_the_topology_unless_it_is_allowed() {
        String nowhere = "topology.nimbus=127.0.0.1:1";
        assertThat(run("submit", "-c", nowhere, "-c", "redis.uri=redis://ann:geheim@127.0.0.1:1"))
                .isEqualTo(2);
        assertThat(err.toString())
                .contains("redis.uri: a secret is written out", "${env:NAME}", "Nothing is submitted", ALLOW)
                .doesNotContain("geheim");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "triggers.webhook=https://hooks.example.org/T0/geheim", // of the dashboard alone
                "redis.uri=redis://ann:${file:/nowhere}@127.0.0.1:1"
            })
    void submit_takes_references_and_what_is_not_in_the_topology(String setting) {
        assertThat(run("submit", "-c", "topology.nimbus=127.0.0.1:1", "-c", setting))
                .isPositive();
        assertThat(err.toString()).isNotEmpty().doesNotContain("Nothing is submitted", "geheim");
    }

    @Test
    void a_command_that_does_not_exist_gets_the_nearest_ones() {
        assertThat(run("cuonts")).isEqualTo(2);
        assertThat(err.toString()).contains("cuonts", "offerstorm counts", "'offerstorm --help'");
    }

    @Test
    void all_commands_without_storm_are_there_in_their_order() {
        assertThat(TopologyCommands.ALL).containsSubsequence(ToolCommands.ALL);
    }

    @Test
    void whoever_says_nothing_gets_the_list_of_commands() {
        assertThat(run()).isEqualTo(2);
        assertThat(err.toString()).contains("Usage: offerstorm", "produce", "counts");
    }

    @Test
    void a_kind_of_value_has_one_grammar_in_all_commands() {
        assertThat(OptionRules.problems(TopologyCommands.commandLine(), Set.of()))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"90, PT90S", "90s, PT90S", "2 h, PT2H", "2h, PT2H", "5 min, PT5M", "500ms, PT0.5S"})
    void a_duration_means_the_same_in_every_command(String text, Duration duration) {
        for (String command : List.of("submit", "kill", "rebalance", "verify")) {
            assertThat(wait(command, text)).as(command).isEqualTo(duration);
        }
    }

    @Test
    void a_command_that_is_interrupted_ends_with_130() {
        for (Exception interruption : List.of(new InterruptedException(), Failure.interrupted("interrupted", null))) {
            CommandLine line = RootCommand.of(List.of(new Broken(interruption)));
            assertThat(line.setErr(new PrintWriter(err, true)).execute("broken"))
                    .isEqualTo(130);
        }
        assertThat(err.toString().lines()).containsOnly("broken: interrupted");
    }

    /** Fails with the given exception. */
    @CommandLine.Command(name = "broken")
    private static final class Broken implements Callable<Integer> {
        private final Exception failure;

        Broken(Exception failure) {
            this.failure = failure;
        }

        @Override
        public Integer call() throws Exception {
            throw failure;
        }
    }

    private static Duration wait(String command, String text) {
        CommandLine line = TopologyCommands.commandLine();
        return line.parseArgs(command, "--wait", text).subcommand().matchedOptionValue("--wait", null);
    }

    private int run(String... arguments) {
        return TopologyCommands.commandLine().setErr(new PrintWriter(err, true)).execute(arguments);
    }
}
