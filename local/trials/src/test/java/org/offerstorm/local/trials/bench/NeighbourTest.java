package org.offerstorm.local.trials.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.offerstorm.local.neighbours.PlainLoop;
import org.offerstorm.tools.generate.Mix;
import org.offerstorm.tools.report.Json;

class NeighbourTest {
    private static final BenchOptions OPTIONS =
            new BenchOptions("none", 1, 1, Mix.USUAL, List.of(), Path.of("/nowhere"));

    @Test
    void names_are_in_any_order_and_run_in_one() {
        assertThat(Neighbour.parse("loop,flink")).containsExactly(Neighbour.FLINK, Neighbour.LOOP);
        assertThat(Neighbour.parse(Neighbour.choices())).containsExactly(Neighbour.values());
        assertThat(Neighbour.parse("none")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "spark", "flink,", "flink,flink", "none,loop", "Flink", "loop, flink"})
    void other_names_are_refused_with_the_choices(String names) {
        assertThatThrownBy(() -> Neighbour.parse(names))
                .hasMessage("--beside is '" + names + "'; it must be none, or some of flink,streams,loop, each once");
    }

    @Test
    void an_engine_runs_with_its_own_class_path_and_only_if_all_of_it_is_there(@TempDir Path home) throws IOException {
        assertThat(Neighbour.FLINK.classPath(home)).isEmpty();

        Path target = Files.createDirectories(home.resolve("local/neighbours/flink/target"));
        Path classes = Files.createDirectory(target.resolve("classes"));
        Path jar = home.resolve("engine.jar");
        Files.writeString(target.resolve("jars.classpath"), jar + "\n");
        assertThat(Neighbour.FLINK.classPath(home)).isEmpty();

        Files.createFile(jar);
        assertThat(Neighbour.FLINK.classPath(home)).contains(classes + ":" + jar);
        assertThat(Neighbour.STREAMS.classPath(home)).isEmpty();
    }

    @Test
    void the_loop_is_part_of_this_program_and_no_engine_is() throws IOException {
        assertThat(Neighbour.LOOP.classPath(Path.of("/nowhere"))).contains(System.getProperty("java.class.path"));
        assertThat(Neighbour.LOOP.main()).isEqualTo(PlainLoop.class.getName());
        for (Neighbour engine : List.of(Neighbour.FLINK, Neighbour.STREAMS)) {
            assertThatThrownBy(() -> Class.forName(engine.main())).isInstanceOf(ClassNotFoundException.class);
            Path source = Path.of(System.getProperty("offerstorm.root"))
                    .resolve("local/neighbours/" + (engine == Neighbour.FLINK ? "flink" : "streams") + "/src/main/java")
                    .resolve(engine.main().replace('.', '/') + ".java");
            assertThat(source).exists();
        }
    }

    @Test
    void ratios_are_of_the_same_round() {
        NeighbourRatio ratio = NeighbourRatio.of(
                "Flink",
                List.of(run(100, 2), run(300, 3), run(200, 4), run(100, 1)),
                List.of(run(200, 4), run(300, 2), run(100, 2), run(100, 1)));

        assertThat(ratio.rate().rounds()).containsExactly(0.5, 1.0, 2.0, 1.0);
        assertThat(ratio.rate()).isEqualTo(new Spread(List.of(0.5, 1.0, 2.0, 1.0), 1, 0.5, 2));
        assertThat(ratio.workerCpu().rounds()).containsExactly(0.5, 1.5, 2.0, 1.0);
        assertThat(ratio.workerCpu().median()).isCloseTo(1.25, within(1e-9));
        assertThat(ratio.totalCpu().rounds().get(1)).isCloseTo((3 + 0.5) / (2 + 0.5), within(1e-9));
    }

    @Test
    void rounds_that_are_more_than_a_third_apart_are_noisy() {
        assertThat(noisy(300, 400)).isFalse();
        assertThat(noisy(400, 300, 350)).isFalse();
        assertThat(noisy(300, 401)).isTrue();
        assertThat(noisy(300)).isFalse();
    }

    @Test
    void the_report_names_noise_guarantees_and_who_is_left_out() throws IOException {
        Map<String, List<Measurement>> runs = new LinkedHashMap<>();
        runs.put("Kafka Streams", List.of(run(400_000, 3), run(600_000, 3)));
        runs.put(BenchReport.TOPOLOGY, List.of(run(400_000, 3), run(400_000, 3)));
        runs.put("redis alone", List.of(run(900_000, 1), run(100_000, 1)));

        BenchReport report = BenchReport.of(OPTIONS, 10, 360, 2, runs, List.of(Neighbour.FLINK));

        assertThat(report.text())
                .contains("Flink is left out: its libraries could not be fetched.")
                .containsPattern("Kafka Streams, offers/s +0\\.83 +0\\.67 +1\\.00 +1\\.00 0\\.67\n")
                .contains("Noisy: rounds of Kafka Streams have 400,000 to 600,000 offers/s, more than a third apart.")
                .contains("  topology: the effect of each record once in every store")
                .contains("  Kafka Streams: at least once: a commit each second waits")
                .doesNotContain("redis alone, offers/s", "rounds of redis alone");
        JsonNode json = new ObjectMapper().readTree(Json.of(report));
        assertThat(json.at("/ratios/0/neighbour").asText()).isEqualTo("Kafka Streams");
        assertThat(json.at("/ratios/0/rate/rounds/1").asDouble()).isCloseTo(0.667, within(0.001));
        assertThat(json.at("/ratios/0/noisy").asBoolean()).isTrue();
        assertThat(json.at("/ratios/0/worker_cpu/median").asDouble()).isEqualTo(1);
        assertThat(json.at("/guarantees/topology").asText()).contains("once");
        assertThat(json.at("/left_out/Flink").asText()).contains("could not be fetched");
    }

    private static boolean noisy(double... rates) {
        List<Measurement> its =
                Arrays.stream(rates).mapToObj(rate -> run(rate, 1)).toList();
        return NeighbourRatio.of("Flink", its, its).noisy();
    }

    private static Measurement run(double rate, double worker) {
        return new Measurement("x", rate, Map.of("worker", worker, "kafka", 0.5), Map.of(), Map.of(), 0, 0, List.of());
    }
}
