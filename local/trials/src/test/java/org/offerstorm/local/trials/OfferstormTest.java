package org.offerstorm.local.trials;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
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

    /** What somebody copies from the README, from docs or from an alert must be a command. */
    @Test
    void every_command_that_the_pages_name_exists() throws IOException {
        Map<String, CommandLine> commands =
                RootCommand.of(Offerstorm.commands()).getSubcommands();
        Set<String> known = new TreeSet<>(commands.keySet());
        commands.forEach(
                (name, command) -> command.getSubcommands().keySet().forEach(second -> known.add(name + " " + second)));
        Pattern command = Pattern.compile("\\./offerstorm ([a-z][a-z-]*)(?: ([a-z][a-z-]*))?");
        Set<String> named = new TreeSet<>();
        Path home = Path.of(System.getProperty("offerstorm.root"));
        try (Stream<Path> docs = Files.list(home.resolve("docs"));
                Stream<Path> alerts = Files.list(home.resolve("deploy/monitoring"))) {
            for (Path page : Stream.concat(Stream.of(home.resolve("README.md")), Stream.concat(docs, alerts))
                    .filter(path -> path.toString().matches(".*\\.(md|yml)"))
                    .toList()) {
                command.matcher(Files.readString(page)).results().forEach(found -> {
                    CommandLine first = commands.get(found.group(1));
                    boolean hasSecond = found.group(2) != null
                            && first != null
                            && !first.getSubcommands().isEmpty();
                    named.add(hasSecond ? found.group(1) + " " + found.group(2) : found.group(1));
                });
            }
        }
        assertThat(named).contains("demo", "produce", "dlq ls").isSubsetOf(known);
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
                        "ingest",
                        "cluster status",
                        "cluster help",
                        "cluster logs",
                        "dashboard-load",
                        "ingest-load");
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
