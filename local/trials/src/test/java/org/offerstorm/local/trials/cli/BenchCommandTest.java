package org.offerstorm.local.trials.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.offerstorm.tools.cli.RootCommand;
import picocli.CommandLine;

class BenchCommandTest {
    @TempDir
    Path directory;

    private final StringWriter err = new StringWriter();

    @Test
    void a_wrong_choice_of_neighbours_starts_nothing() {
        assertThat(run("--beside", "spark")).isEqualTo(2);
        assertThat(err.toString()).contains("--beside is 'spark'; it must be none, or some of flink,streams,loop");
        assertThat(run("--no-loop", "--beside", "flink")).isEqualTo(2);
        assertThat(err.toString()).contains("--no-loop is the same as --beside none; leave one of the two out");
        assertThat(run("--rate", "300", "--beside", "flink")).isEqualTo(2);
        assertThat(run("--rate", "300", "--no-loop")).isEqualTo(2);
        assertThat(err.toString()).contains("--beside, --no-loop and --offers do not go with --rate");
        assertThat(directory.resolve("cluster")).doesNotExist();
    }

    private int run(String... options) {
        CommandLine line = RootCommand.of(List.of(BenchCommand.class));
        line.setErr(new PrintWriter(err));
        List<String> words = new ArrayList<>(
                List.of("bench", "--dir", directory.resolve("cluster").toString()));
        words.addAll(List.of(options));
        return line.execute(words.toArray(String[]::new));
    }
}
