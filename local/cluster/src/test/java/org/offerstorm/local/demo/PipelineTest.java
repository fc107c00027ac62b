package org.offerstorm.local.demo;

import java.nio.file.Path;
import java.util.Map;
import org.apache.storm.Config;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.offerstorm.tools.report.CountTable;

/** The topology in a LocalCluster over real Kafka, Redis, Solr and HDFS. */
class PipelineTest {
    /** Tuples go through Kryo between all tasks, as they do between the workers of a cluster. */
    private static final Map<String, Object> SERIALIZE = Map.of(Config.TOPOLOGY_TESTING_ALWAYS_TRY_SERIALIZE, true);

    @TempDir
    private Path temp;

    @Test
    void samples_give_their_table_in_all_stores_and_the_same_one_when_they_are_produced_again() throws Exception {
        Path samples = Runs.ROOT.resolve("test-data/offers.ndjson");
        CountTable expected = Runs.expected(Runs.ROOT.resolve("test-data/expected-counts.csv"));

        Runs.run(temp, samples, SERIALIZE).assertIs(expected);
        Runs.run(temp, samples, SERIALIZE).assertIs(expected);
    }
}
