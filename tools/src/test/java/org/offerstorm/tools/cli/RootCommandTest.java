package org.offerstorm.tools.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class RootCommandTest {
    private final StringWriter said = new StringWriter();

    @Test
    void a_class_that_is_missing_is_one_message_and_no_difference() {
        int code = run(new Broken(new NoClassDefFoundError("org/example/Missing")));

        assertThat(code).isEqualTo(3);
        assertThat(said.toString().lines())
                .containsExactly(
                        "broken: java.lang.NoClassDefFoundError: org/example/Missing",
                        "This was not expected; --verbose shows where it happened.");
    }

    @Test
    void a_mistake_of_ours_is_one_message_and_no_difference() {
        assertThat(run(new Broken(new IllegalStateException("no more wires")))).isEqualTo(3);
        assertThat(said.toString().lines())
                .containsExactly("broken: no more wires", "This was not expected; --verbose shows where it happened.");
    }

    @Test
    void the_trace_is_shown_when_it_is_asked_for() {
        assertThat(run(new Broken(new StackOverflowError()), "--verbose")).isEqualTo(3);
        assertThat(said.toString())
                .startsWith("broken: java.lang.StackOverflowError\n")
                .contains("\tat " + RootCommandTest.class.getName());
    }

    @Test
    void arguments_that_java_could_not_read_are_reported_with_what_to_do() {
        assertThat(Console.unreadable("ANSI_X3.4-1968", "config", "validate", "caf\ufffd\ufffd.yaml"))
                .startsWith("cannot read the argument 'caf\ufffd\ufffd.yaml'")
                .contains("LC_ALL=C.UTF-8");
        assertThat(Console.unreadable("ANSI_X3.4-1968", "config", "validate", "cafe.yaml"))
                .isNull();
        assertThat(Console.unreadable("UTF-8", "config", "validate", "caf\ufffd.yaml"))
                .isNull();
    }

    private int run(Broken command, String... words) {
        CommandLine line = RootCommand.of(List.of(command)).setErr(new PrintWriter(said, true));
        line.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
        String[] all = new String[words.length + 1];
        all[0] = "broken";
        System.arraycopy(words, 0, all, 1, words.length);
        return line.execute(all);
    }

    @Command(name = "broken")
    private static final class Broken implements Callable<Integer> {
        private final Throwable why;

        private Broken(Throwable why) {
            this.why = why;
        }

        @Override
        public Integer call() throws Exception {
            if (why instanceof Error error) {
                throw error;
            }
            throw (Exception) why;
        }
    }
}
