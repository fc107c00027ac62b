package org.offerstorm.lake.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.offerstorm.lake.LakeProcess;
import org.offerstorm.lake.serve.LakeView;
import org.offerstorm.local.servers.EmbeddedHdfs;

/** Two processes that cannot see each other's lock, and publish in the same moment, on a real HDFS. */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class TwoProcessesTest {
    @TempDir
    private Path directory;

    @Test
    void of_two_that_publish_at_once_exactly_one_wins_and_nothing_is_doubled() throws Exception {
        try (EmbeddedHdfs hdfs = EmbeddedHdfs.start(directory.resolve("hdfs"), 0)) {
            String warehouse = hdfs.uri() + "/lake";
            List<String> one;
            List<String> two;
            try (LakeProcess first = run(warehouse, "one", "two");
                    LakeProcess second = run(warehouse, "two", "one")) {
                assertThat(List.of(first.code(), second.code()))
                        .as("errors: %s %s", first.err(), second.err())
                        .containsOnly(0);
                one = first.out();
                two = second.out();
            }

            assertThat(one).hasSize(LockstepRuns.ROUNDS).hasSameSizeAs(two);
            for (int round = 0; round < LockstepRuns.ROUNDS; round++) {
                List<String> results = new ArrayList<>(List.of(one.get(round), two.get(round)));
                assertThat(results).as("round %s", round).contains("published");
                results.remove("published");
                assertThat(results.get(0))
                        .as("round %s", round)
                        .isEqualTo(
                                "another run published offers_history meanwhile, and nothing of this one was published"
                                        + " there; run it again");
            }
            LakeSession lake = Lakes.at(warehouse);
            RandomLog log = LockstepRuns.log();
            assertThat(Lakes.history(lake)).isEqualTo(log.fold(log.end()));
            LakeView view = new LakeView(lake.spark(), LakeTables.open(lake, Lakes.GROUP));
            assertThat(view.offsets()).isEqualTo(log.end());
            assertThat(view.batch().counts()).isEqualTo(log.counts(log.end(), Instant.MAX));
        }
    }

    private LakeProcess run(String warehouse, String name, String other) throws Exception {
        return LakeProcess.start(
                directory, Map.of(), LockstepRuns.class, List.of(warehouse, directory.toString(), name, other));
    }
}
