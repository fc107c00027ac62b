package org.offerstorm.local.trials.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.offerstorm.local.trials.chaos.Faults;
import org.offerstorm.tools.cli.RootCommand;

class ChaosCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void list_explains_each_fault() {
        assertThat(run("--list")).isEqualTo(0);
        assertThat(out.toString().lines().count()).isEqualTo(Faults.all().size());
        assertThat(out.toString()).containsPattern("redis-kill +Redis gets SIGKILL");
    }

    @Test
    void list_explains_the_chosen_faults_alone() {
        assertThat(run("--list", "--faults", "solr-kill,redis-kill")).isEqualTo(0);
        assertThat(out.toString().lines().count()).isEqualTo(2);
    }

    @Test
    void a_fault_that_does_not_exist_starts_nothing() {
        assertThat(run("--faults", "redis-kil")).isEqualTo(2);
        assertThat(err.toString()).contains("did you mean redis-kill?");
    }

    @Test
    void minutes_and_rate_have_bounds() {
        assertThat(run("--minutes", "0")).isEqualTo(2);
        assertThat(err.toString()).contains("--minutes is 0.0; it must be 0.1 to 1440");
        assertThat(run("--rate", "0")).isEqualTo(2);
        assertThat(err.toString()).contains("--rate is 0; it must be 1 to 100000");
    }

    @Test
    void faults_that_were_asked_for_and_have_no_time_start_nothing(@TempDir Path directory) {
        Path cluster = directory.resolve("cluster");

        assertThat(run(
                        "--faults",
                        "redis-kill,everything-kill,solr-kill",
                        "--minutes",
                        "0.5",
                        "--dir",
                        cluster.toString()))
                .isEqualTo(2);

        assertThat(err.toString())
                .containsPattern("--minutes 0.5 leaves no time for .*; all of --faults fit into \\d+\\.\\d");
        assertThat(cluster).doesNotExist();
    }

    @Test
    void a_directory_of_other_things_is_refused_before_the_plan(@TempDir Path directory) throws IOException {
        Files.writeString(directory.resolve("thesis.txt"), "mine");

        assertThat(run("--dir", directory.toString())).isEqualTo(2);

        assertThat(err.toString().lines()).singleElement().asString().contains("holds other files");
        assertThat(out.toString()).isEmpty();
        assertThat(directory).isDirectoryContaining("glob:**thesis.txt");
    }

    private int run(String... words) {
        String[] all = new String[words.length + 1];
        all[0] = "chaos";
        System.arraycopy(words, 0, all, 1, words.length);
        return RootCommand.of(List.of(ChaosCommand.class))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all);
    }
}
