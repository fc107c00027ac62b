package org.offerstorm.local.trials;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.offerstorm.tools.cli.Audited;
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

    /** What somebody copies from the README or from docs must be a command. */
    @Test
    void every_command_that_the_pages_name_exists() throws IOException {
        Set<String> known =
                RootCommand.of(Offerstorm.commands()).getSubcommands().keySet();
        Pattern command = Pattern.compile("\\./offerstorm ([a-z][a-z-]*)");
        Set<String> named = new TreeSet<>();
        Path home = Path.of(System.getProperty("offerstorm.root"));
        try (Stream<Path> docs = Files.list(home.resolve("docs"))) {
            for (Path page : Stream.concat(Stream.of(home.resolve("README.md")), docs)
                    .filter(path -> path.toString().endsWith(".md"))
                    .toList()) {
                command.matcher(Files.readString(page)).results().forEach(found -> named.add(found.group(1)));
            }
        }
        assertThat(named).contains("demo", "produce").isSubsetOf(known);
    }

    /** A new command is one or the other; docs/operations.md lists those that leave a line. */
    @Test
    void a_command_that_changes_something_is_audited() {
        Set<String> silent = new TreeSet<>();
        Set<String> audited = new TreeSet<>();
        commands(RootCommand.of(Offerstorm.commands()), "", silent, audited);

        assertThat(audited)
                .containsExactlyInAnyOrder(
                        "setup",
                        "submit",
                        "kill",
                        "rebalance",
                        "activate",
                        "deactivate",
                        "produce",
                        "dlq replay",
                        "dlq drop",
                        "cluster up",
                        "cluster down",
                        "cluster kill",
                        "cluster stop",
                        "cluster start",
                        "cluster restart");
        assertThat(silent)
                .containsExactlyInAnyOrder(
                        "alerts test",
                        "lake",
                        "doctor",
                        "plan",
                        "status",
                        "inspect",
                        "counts",
                        "verify",
                        "trace",
                        "dlq ls",
                        "dlq show",
                        "config validate",
                        "config show",
                        "config reference",
                        "classify",
                        "generate",
                        "help",
                        "demo",
                        "chaos",
                        "bench",
                        "search-bench",
                        "dashboard",
                        "cluster status",
                        "cluster help",
                        "cluster logs",
                        "dashboard-load");
    }

    private static void commands(CommandLine line, String path, Set<String> silent, Set<String> audited) {
        line.getSubcommands().forEach((name, command) -> {
            String full = (path + " " + name).strip();
            if (command.getSubcommands().isEmpty()) {
                (command.getCommand() instanceof Audited ? audited : silent).add(full);
            } else {
                commands(command, full, silent, audited);
            }
        });
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
