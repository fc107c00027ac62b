package org.offerstorm.topology.operate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A status for people. */
class StatusTextTest {
    @Test
    void everything_that_is_known_stands_in_columns() {
        Status.Source source =
                new Status.Source("offers", "g", List.of(new Status.PartitionLine(0, 1_990, 2_000, 10)), 10);
        String text = StatusText.of(status(
                List.of(new Status.WorkerLine("h:6700", 9, 4_242L, 125L, 200L << 20, 768L << 20)), source, List.of()));

        assertThat(text).isEqualTo("""
                offerstorm  ACTIVE  up 1 h 1 min  (offerstorm-1-99, Nimbus n:6627)

                worker   pid         up            heap  executors
                h:6700  4242  2 min 5 s  200 of 768 MiB          9

                partition  durable to  log end  behind
                offers-0        1,990    2,000      10
                all                                 10

                sink         written  stale  rejected  held chunks
                hdfs-writer    1,950      3         2            0

                Since the workers' start: 2,000 offers in, 40 refused by parse (dead letters), 1 chunks replayed.
                Last durable: 1970-01-01T00:00:10Z, 5 s ago
                """);
    }

    @Test
    void what_is_not_known_is_not_a_number_and_has_its_reason() {
        String text = StatusText.of(status(
                List.of(new Status.WorkerLine("h:6700", 9, null, null, null, null)),
                null,
                List.of("no lag: Kafka is away", "worker h:6700 does not report its figures\u001b[2J")));

        assertThat(text)
                .containsPattern("h:6700 +\\? +\\? +\\? +9")
                .contains("! no lag: Kafka is away\n", "figures?[2J\n")
                .doesNotContain("partition");
    }

    private static Status status(List<Status.WorkerLine> workers, Status.Source source, List<String> problems) {
        return new Status(
                "offerstorm",
                "offerstorm-1-99",
                "n:6627",
                "ACTIVE",
                3_660,
                workers,
                source,
                2_000,
                1,
                10_000L,
                15_000,
                List.of(new Status.SinkLine("hdfs-writer", 1, 1_950, 3, 2, 0)),
                40,
                problems);
    }
}
