package org.offerstorm.lake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.offerstorm.tools.cli.Audited;
import org.offerstorm.tools.cli.RootCommand;
import picocli.CommandLine;

/** What holds for all commands of the lake, which the test of all other commands cannot see. */
class LakeCommandsTest {
    /** A new command is one or the other; docs/operations.md lists those that leave a line. */
    @Test
    void a_command_that_changes_something_is_audited() {
        Set<String> silent = new TreeSet<>();
        Set<String> audited = new TreeSet<>();
        commands(RootCommand.of(LakeCommands.ALL), "", silent, audited);

        assertThat(audited)
                .containsExactlyInAnyOrder("lake run", "lake verify", "lake restore", "lake trim", "lake maintain");
        assertThat(silent)
                .containsExactlyInAnyOrder(
                        "counts", "lake status", "lake serve", "lake history", "lake sql", "lake bench");
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
}
