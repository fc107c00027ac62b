package org.offerstorm.local.demo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.offerstorm.dashboard.cli.DashboardCommand;
import org.offerstorm.local.cluster.cli.ClusterCommand;
import org.offerstorm.tools.cli.RootCommand;
import org.offerstorm.tools.cli.value.OptionRules;
import org.offerstorm.topology.cli.TopologyCommands;
import picocli.CommandLine;

class DemoCommandTest {
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @ValueSource(strings = {"abc", "65536", "-1", "", "99999999999"})
    void what_is_not_a_port_is_refused_with_what_is(String text) {
        for (String option : List.of("--redis-port", "--dashboard-port")) {
            assertThat(run("demo", option + "=" + text)).isEqualTo(2);
            assertThat(err.toString()).contains("'" + text + "' is not a port; write 1 to 65535");
        }
    }

    @Test
    void two_servers_cannot_have_one_port() {
        assertThat(run("demo", "--redis-port", "9999", "--kafka-port", "9999")).isEqualTo(2);
        assertThat(err.toString()).contains("--kafka-port and --redis-port are both 9999");
    }

    /** A shell's {@code <(…)} and /dev/stdin have no real path, and what they had is gone with them. */
    @Test
    void a_pipe_has_a_directory(@TempDir Path home) throws Exception {
        Path pipe = home.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();

        assertThat(DemoCommand.defaultDirectory(home, pipe)).isEqualTo(home.resolve(".offerstorm/pipe"));
        assertThat(DemoCommand.defaultDirectory(home, Path.of("/dev/fd/4711")))
                .isEqualTo(home.resolve(".offerstorm/pipe"));
    }

    @Test
    void sinks_that_mean_nothing_or_lack_a_usual_one_are_refused() {
        assertThat(run("demo", "--sinks", "hdfs,solr,redis,postgre")).isEqualTo(2);
        assertThat(err.toString()).contains("there is no sink 'postgre'; choose from hdfs, postgres, solr");
        assertThat(run("demo", "--sinks", "postgres,hdfs,redis")).isEqualTo(2);
        assertThat(err.toString()).contains("--sinks is without solr, which the demo shows");
    }

    @Test
    void a_cluster_takes_no_ports() {
        assertThat(run("demo", "--cluster", "--solr-port", "8983")).isEqualTo(2);
        assertThat(err.toString()).contains("--cluster chooses its ports itself");
    }

    @Test
    void a_file_that_gives_no_offers_is_refused_before_anything_starts(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("x.ndjson"), "{\"nmae\":\"Cook\"}\n");
        Path data = directory.resolve("data");
        for (String kind : List.of("--exit-when-done", "--cluster")) {
            assertThat(run(
                            "demo",
                            kind,
                            "--professions=" + file,
                            "--data-dir=" + data,
                            "--offers=" + file,
                            "--mapping=common"))
                    .isEqualTo(2);
            assertThat(err.toString())
                    .contains("no offer or deletion in its 1 record; line 1: ", "./offerstorm inspect " + file);
            assertThat(run("demo", kind, "--professions=" + file, "--data-dir=" + data, "--offers=/dev/null"))
                    .isEqualTo(2);
            assertThat(err.toString()).contains("/dev/null has no records");
            for (String text : List.of("", "ref,title\n", "[]")) {
                Path empty = Files.writeString(directory.resolve("empty.csv"), text);
                assertThat(run("demo", kind, "--data-dir=" + data, "--professions=" + file, "--offers=" + empty))
                        .isEqualTo(2);
                assertThat(err.toString()).contains(text.isEmpty() ? "empty.csv is empty" : "empty.csv has no records");
            }
        }
        assertThat(data).doesNotExist();
    }

    @Test
    void a_kind_of_value_has_one_grammar_in_all_commands() {
        assertThat(OptionRules.problems(line(), Set.of())).isEmpty();
    }

    private int run(String... words) {
        return line().setErr(new PrintWriter(err, true)).execute(words);
    }

    private static CommandLine line() {
        List<Class<?>> commands = new ArrayList<>(TopologyCommands.ALL);
        commands.addAll(List.of(DemoCommand.class, ClusterCommand.class, DashboardCommand.class));
        return RootCommand.of(commands);
    }
}
