package org.offerstorm.tools.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.offerstorm.core.check.Failure;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

class AuditTest {
    /** Each must be nowhere in a line. */
    private static final List<String> SECRETS = List.of("s3cret-A", "s3cret-B", "s3cret-C", "s3cret-D", "s3cret-E");

    @TempDir
    private Path temp;

    @Test
    void a_command_that_changes_something_leaves_one_line() throws Exception {
        assertThat(run(new Change(null), "change", "-c", "redis.tag=x", "--force", "4711"))
                .isZero();
        assertThat(run(new Change(Failure.difference("not drained")), "change", "4711"))
                .isEqualTo(1);
        assertThat(run(new Change(new IllegalStateException("a bug")), "change", "4711"))
                .isEqualTo(3);

        List<JsonNode> lines = lines();
        assertThat(lines).hasSize(3);
        JsonNode first = lines.get(0);
        assertThat(first.get("event.action").textValue()).isEqualTo("offerstorm change");
        assertThat(first.get("event.outcome").textValue()).isEqualTo("success");
        assertThat(first.get("process.args"))
                .extracting(JsonNode::textValue)
                .containsExactly("-c", "redis.tag=x", "--force", "4711");
        assertThat(first.get("user.name").textValue()).isEqualTo(System.getProperty("user.name"));
        assertThat(first.get("host.hostname").textValue()).isNotBlank();
        assertThat(first.get("event.duration").longValue()).isNotNegative();
        assertThat(lines.get(1).get("event.outcome").textValue()).isEqualTo("failure");
        assertThat(lines.get(1).get("process.exit_code").intValue()).isEqualTo(1);
        assertThat(lines.get(1).get("message").textValue()).endsWith("failure: not drained");
        assertThat(lines.get(2).get("process.exit_code").intValue()).isEqualTo(3);
    }

    @Test
    void known_secrets_never_appear() throws Exception {
        run(
                new Change(Failure.usage("cannot connect to redis://u:s3cret-A@h:1, password=s3cret-B")),
                "change",
                "-c",
                "redis.uri=redis://user:s3cret-A@host:6379",
                "-csource.properties.sasl.jaas.config=Module required password=\"s3cret-B\";",
                "-c",
                "source.properties={ssl.key.password: s3cret-B}",
                "-c=solr.url=https://u:s3cret-C@host/solr",
                "-c",
                "triggers.webhook=https://hooks.example.org/services/s3cret-D",
                "-c",
                "triggers.webhook=hooks.example.org/services/s3cret-D",
                "-c",
                "triggers.channels.a=slack https://hooks.example.org/services/s3cret-D",
                "-c",
                "triggers.channels={a: slack https://hooks.example.org/services/s3cret-D}",
                "-c",
                "triggers.channels.b=smtps://u:s3cret-C@h?from=a@b.org&to=c@d.org",
                "-c",
                "triggers.chanels.a=slack https://hooks.example.org/services/s3cret-D",
                "-c",
                "no.such.option.password=s3cret-E",
                "--token",
                "s3cret-E",
                "postgresql://u:s3cret-D@host/db");

        String text = Files.readString(file());
        assertThat(text).doesNotContain(SECRETS).contains("********", "redis.uri=redis://user:");
        assertThat(lines()).hasSize(1);
    }

    @Test
    void references_to_secrets_stay_and_hostile_text_is_ascii_on_one_line() throws Exception {
        run(new Change(null), "change", "-c", "redis.uri=redis://u:${env:PW}@h", "a\nb\u001b[31m\u202e");

        assertThat(Files.readString(file()).strip().chars()).allMatch(c -> c >= ' ' && c <= '~');
        assertThat(lines().get(0).get("process.args"))
                .extracting(JsonNode::textValue)
                .containsExactly("-c", "redis.uri=redis://u:${env:PW}@h", "a\nb\u001b[31m\u202e");
    }

    @Test
    void reading_help_and_mistakes_leave_none() throws Exception {
        assertThat(run(new Look(), "look")).isZero();
        assertThat(run(new Change(null), "change", "--help")).isZero();
        assertThat(run(new Change(null), "change", "--no-such-option")).isEqualTo(2);

        assertThat(file()).satisfiesAnyOf(file -> assertThat(file).doesNotExist(), file -> assertThat(file)
                .isEmptyFile());
    }

    @Test
    @EnabledOnOs(OS.LINUX) // has a file that is always full
    void a_line_that_is_missing_is_no_success() throws Exception {
        Change change = new Change(null);

        assertThat(line(change, Map.of(Audit.FILE, "/dev/full")).execute("change", "4711"))
                .isEqualTo(3);
        assertThat(change.runs).isEqualTo(1);

        Change failing = new Change(Failure.difference("not drained"));
        assertThat(line(failing, Map.of(Audit.FILE, "/dev/full")).execute("change", "4711"))
                .isEqualTo(1);
    }

    @Test
    void a_file_that_cannot_be_written_keeps_the_command_from_running() throws Exception {
        Change change = new Change(null);
        StringWriter said = new StringWriter();
        CommandLine line = line(
                        change, Map.of(Audit.FILE, temp.resolve("no/such/dir").toString()))
                .setErr(new PrintWriter(said, true));

        assertThat(line.execute("change", "4711")).isEqualTo(3);
        assertThat(said.toString()).contains(Audit.FILE, "nothing was done");
        assertThat(change.runs).isZero();
    }

    private int run(Object command, String... words) {
        return line(command, Map.of(Audit.FILE, file().toString())).execute(words);
    }

    private static CommandLine line(Object command, Map<String, String> environment) {
        CommandLine line = RootCommand.of(List.of(command), new Audit(environment));
        PrintWriter nowhere = new PrintWriter(new StringWriter());
        return line.setOut(nowhere).setErr(nowhere);
    }

    private Path file() {
        return temp.resolve("audit.log");
    }

    private List<JsonNode> lines() throws Exception {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(file())) {
            lines.add(new ObjectMapper().readTree(line));
        }
        return lines;
    }

    @Command(name = "change", mixinStandardHelpOptions = true)
    @SuppressWarnings("UnusedVariable") // picocli fills them
    private static final class Change implements Callable<Integer>, Audited {
        private final RuntimeException failure;
        private int runs;

        @Option(names = "--force")
        private boolean force;

        @Option(names = "--token")
        private String token;

        @Parameters(arity = "0..1")
        private String what;

        @Mixin
        private ConfigOptions config;

        private Change(RuntimeException failure) {
            this.failure = failure;
        }

        @Override
        public Integer call() {
            runs++;
            if (failure != null) {
                throw failure;
            }
            return 0;
        }
    }

    @Command(name = "look")
    private static final class Look implements Callable<Integer> {
        @Override
        public Integer call() {
            return 0;
        }
    }
}
