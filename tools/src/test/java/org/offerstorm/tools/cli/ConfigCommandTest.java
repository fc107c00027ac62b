package org.offerstorm.tools.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.offerstorm.core.sink.SinkKind;
import org.offerstorm.sinks.Sinks;
import picocli.CommandLine;

class ConfigCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory;

    @Test
    void validate_says_that_all_is_sound() throws IOException {
        assertThat(run("config", "validate")).isZero();
        assertThat(out).hasToString("The defaults are sound.\n");

        assertThat(run("config", "validate", "--config", file("a.yaml", "sinks: [redis]\n")))
                .isZero();
        assertThat(out.toString()).endsWith("The configuration is sound.\n");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void validate_reports_all_problems_and_exits_2() throws IOException {
        String a = file("a.yaml", "redis:\n  timeout: 7 s\n  tga: x\n");

        assertThat(run("config", "validate", "--config", a, "-c", "source.epoch=x"))
                .isEqualTo(2);

        assertThat(err.toString().lines())
                .containsExactly(
                        a + ":2:12: redis.timeout: 7 s is too much; write 100 ms to 5 s",
                        a + ":3:3: redis.tga: unknown key; did you mean 'tag'?",
                        "-c: source.epoch: 'x' is not a whole number; write digits alone",
                        "3 problems");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void validate_warns_of_secrets_that_are_written_out_and_does_not_repeat_them() throws IOException {
        String a = file("a.yaml", "redis:\n  uri: redis://ann:geheim@h:1\n");

        assertThat(run("config", "validate", "--config", a)).isZero();

        assertThat(err.toString()).startsWith("warning: " + a + ":2:8: redis.uri: a secret is written out");
        assertThat(err.toString()).doesNotContain("geheim");
    }

    @Test
    void show_tells_where_each_value_came_from() throws IOException {
        String a = file("a.yaml", "redis:\n  timeout: 2 s\n  tag: a\n");
        String b = file("b.yaml", "# over it\nredis: {tag: b}\n");

        assertThat(run("config", "show", "--config", a, "--config", b, "-c", "source.epoch=2"))
                .isZero();

        assertThat(out.toString().lines().map(line -> line.replaceAll(" +", " ")))
                .contains(
                        "source:",
                        " topic: offers # default",
                        " epoch: 2 # -c",
                        " timeout: 2 s # " + a + ":2",
                        " tag: b # " + b + ":2");
    }

    @Test
    void show_hides_secrets_and_shows_references() throws IOException {
        String a = file("a.yaml", """
                redis:
                  uri: redis://ann:geh@im/1@h:1
                solr:
                  url: https://${env:U}:${file:/run/p}@h/solr
                source:
                  properties:
                    ssl.key.password: geheim2
                    ssl.keystore.password: ${env:STORE}
                    sasl.jaas.config: org.x.Login required username="a" password="${file:/run/q}" token="geheim3";
                    client.rack: r1
                dead-letters:
                  properties:
                    registry.url: http://bob:geheim4@registry:80/x
                    interceptor.options: user=a,password=geheim5
                hdfs:
                  properties:
                    hadoop.security.credential.provider.path: geheim6
                """.replace("geh@im/1", "geh%40im1"));

        assertThat(run("config", "show", "--config", a)).as(err.toString()).isZero();

        String shown = out.toString().replaceAll(" +# .*", "");
        assertThat(shown)
                .doesNotContain("geh%40im1", "geheim")
                .contains(
                        "uri: \"redis://ann:********@h:1\"",
                        "url: \"https://${env:U}:${file:/run/p}@h/solr\"",
                        "ssl.key.password: \"********\"",
                        "ssl.keystore.password: \"${env:STORE}\"",
                        "sasl.jaas.config: \"********${file:/run/q}********\"",
                        "client.rack: r1",
                        "registry.url: \"http://bob:********@registry:80/x\"",
                        "interceptor.options: \"********\"",
                        "hadoop.security.credential.provider.path: \"********\"");
    }

    @Test
    void show_of_a_wrong_configuration_tells_its_problems_and_exits_2() throws IOException {
        String a = file("a.yaml", "sinks: [tape]\nsorce: {}\n");

        assertThat(run("config", "show", "--config", a)).isEqualTo(2);

        String sinks = Sinks.ALL.stream().map(SinkKind::name).collect(Collectors.joining(", "));
        assertThat(err.toString().lines())
                .containsExactly(
                        "show: the configuration has 2 problems:",
                        a + ":1:9: sinks: there is no sink 'tape'; choose among " + sinks,
                        a + ":2:1: sorce: unknown key; did you mean 'source'?");
    }

    @Test
    void other_commands_take_the_same_options() throws IOException {
        String a = file("a.yaml", "redis:\n  uri: redis://127.0.0.1:1\n");
        assertThat(run("counts", "--config", a)).isEqualTo(3);
        assertThat(err.toString()).contains("127.0.0.1:1");
        assertThat(run("counts", "-c", "redis.uri=redis://127.0.0.1:2")).isEqualTo(3);
        assertThat(err.toString()).contains("127.0.0.1:2");
        assertThat(run("counts", "--redis", "redis://127.0.0.1:3", "--config", a))
                .isEqualTo(3);
        assertThat(err.toString()).contains("127.0.0.1:3");
        assertThat(run("counts", "--redis", "redis://127.0.0.1")).isEqualTo(2);
    }

    @Test
    void a_secret_that_is_not_there_is_bad_usage() {
        assertThat(run("counts", "-c", "redis.uri=redis://:${file:/no/such}@127.0.0.1:1"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("${file:/no/such}, which cannot be read here");
    }

    @Test
    void without_a_command_it_says_which_there_are() {
        assertThat(run("config")).isEqualTo(2);
        assertThat(err.toString()).contains("validate, show or reference");
    }

    private String file(String name, String yaml) throws IOException {
        return Files.writeString(directory.resolve(name), yaml).toString();
    }

    private int run(String... arguments) {
        CommandLine line = ToolCommands.commandLine();
        line.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(arguments);
    }
}
