package org.offerstorm.tools.figures;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.offerstorm.core.figures.DurationCounts;

/** What a worker tells, and how it is found. */
class FiguresTest {
    @Test
    void figures_are_the_same_after_their_way_as_json() throws IOException {
        ObjectMapper json = new ObjectMapper();
        WorkerFigures figures = new WorkerFigures(
                "t-1",
                6700,
                42,
                1,
                2,
                3,
                4,
                WorkerCpu.now(),
                List.of(new TaskFigures(
                        "parse", 5, Map.of("a", 1L), Map.of("b", "c"), Map.of("d", new DurationCounts().histogram()))));

        assertThat(json.readValue(json.writeValueAsBytes(figures), WorkerFigures.class))
                .isEqualTo(figures);
    }

    @Test
    void the_threads_of_a_component_and_of_its_clients_are_its_own() {
        assertThat(WorkerCpu.owner("Thread-12-redis-counter-executor[7, 7]")).isEqualTo("redis-counter");
        assertThat(WorkerCpu.owner("Thread-3-__acker-executor[1, 1]")).isEqualTo("storm");
        assertThat(WorkerCpu.owner("offerstorm-eu-0-poller")).isEqualTo("offer-spout");
        assertThat(WorkerCpu.owner("DataStreamer for file /offerstorm/_open/s0/1"))
                .isEqualTo("hdfs-writer");
        assertThat(WorkerCpu.owner("Finalizer")).isEqualTo("other");
    }

    @Test
    void a_thread_that_works_is_seen_in_the_processor_time() {
        WorkerCpu before = WorkerCpu.now();
        WorkerCpu after = before;
        long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        // Two clocks, of which the process' has steps of ten milliseconds: either may be the first that says so.
        while (!sees50More(before, after) && System.nanoTime() < deadline) {
            after = WorkerCpu.now();
        }
        assertThat(after.components().get("other"))
                .isGreaterThanOrEqualTo(before.components().getOrDefault("other", 0L) + 50);
        assertThat(after.process()).isGreaterThanOrEqualTo(before.process() + 50);
    }

    private static boolean sees50More(WorkerCpu before, WorkerCpu after) {
        return after.components().getOrDefault("other", 0L)
                        >= before.components().getOrDefault("other", 0L) + 50
                && after.process() >= before.process() + 50;
    }

    @Test
    void the_port_is_always_one_that_exists() {
        assertThat(FiguresPort.of(6700, 10_000)).isEqualTo(16_700);
        assertThat(FiguresPort.of(55_535, 10_000)).isEqualTo(65_535);
        assertThat(FiguresPort.of(55_536, 10_000)).isEqualTo(1_024);
        assertThat(FiguresPort.of(6700, 0)).isZero();
    }
}
