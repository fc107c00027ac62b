package org.offerstorm.local.trials.chaos.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.offerstorm.core.config.DeadLetterConfig;
import org.offerstorm.local.servers.JavaCommand;
import org.offerstorm.sinks.deadletter.KafkaDeadLetters;

/** A process with the agent, which passes the point "letters-confirmed" five times. */
class CrashAgentTest {
    @TempDir
    Path cluster;

    @BeforeEach
    void install() throws IOException {
        AgentJar.install(cluster);
    }

    @Test
    void the_workers_of_the_cluster_get_it_as_an_option() {
        assertThat(cluster.resolve("conf").resolve("worker.options")).hasContent(AgentJar.option(cluster));
    }

    @Test
    void ends_at_the_passage_that_was_asked_for_and_says_so() throws Exception {
        Files.writeString(file("armed"), "letters-confirmed 3");

        assertThat(run()).isEqualTo(137);
        assertThat(output()).isEqualTo("1\n2\n");
        assertThat(file("fired")).content().matches("letters-confirmed 3 pid \\d+");
        assertThat(file("armed")).doesNotExist();
    }

    @Test
    void fires_once() throws Exception {
        Files.writeString(file("armed"), "letters-confirmed 1");

        assertThat(run()).isEqualTo(137);
        assertThat(run()).isZero();
        assertThat(output()).isEqualTo("1\n2\n3\n4\n5\n");
    }

    @Test
    void passes_when_another_point_is_armed_or_the_number_is_not_reached() throws Exception {
        Files.writeString(file("armed"), "redis-reply 1");
        assertThat(run()).isZero();

        Files.writeString(file("armed"), "letters-confirmed 6");
        assertThat(run()).isZero();
        assertThat(file("fired")).doesNotExist();
        assertThat(file("failed")).doesNotExist();
    }

    private Path file(String name) {
        return cluster.resolve("crash").resolve(name);
    }

    private String output() throws IOException {
        return Files.readString(cluster.resolve("output"));
    }

    private int run() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        JavaCommand.of(List.of(AgentJar.option(cluster)), FivePassages.class.getName(), List.of()))
                .redirectErrorStream(true)
                .redirectOutput(cluster.resolve("output").toFile())
                .start();
        try {
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }

    /** What the process runs. */
    static final class FivePassages {
        private FivePassages() {}

        public static void main(String[] args) {
            KafkaDeadLetters letters = new KafkaDeadLetters(
                    "127.0.0.1:1", new DeadLetterConfig("offers.dlq", Map.of()), InstantSource.system());
            for (int i = 1; i <= 5; i++) {
                letters.write(List.of());
                System.out.println(i);
            }
        }
    }
}
