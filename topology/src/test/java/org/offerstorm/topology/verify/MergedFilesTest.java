package org.offerstorm.topology.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.offerstorm.sinks.hdfs.Hdfs;
import org.offerstorm.sinks.hdfs.HdfsConfig;
import org.offerstorm.sinks.hdfs.MergedRows;
import org.offerstorm.sinks.hdfs.StagedLog;
import org.offerstorm.tools.setup.TopicIdentity;
import org.offerstorm.topology.verify.LoadedStores.Answer;

/** Files in HDFS that the lake made dispensable are gone: verify does not miss their rows, but all others. */
class MergedFilesTest {
    @TempDir
    private static Path temp;

    private static LoadedStores stores;

    @BeforeAll
    static void start() throws Exception {
        stores = new LoadedStores(temp);
    }

    @AfterAll
    static void stop() throws Exception {
        stores.close();
    }

    @Test
    void rows_that_the_lake_alone_has_are_not_lost_and_the_sink_goes_on_without_their_files() throws Exception {
        stores.begin();
        String topic = stores.topic();
        stores.send(0, "a", offer("a"));
        stores.send(0, "b", offer("b"));
        stores.send(1, "c", offer("c"));
        stores.load();
        deleteFiles();
        assertThat(stores.verify().lines()).contains("hdfs: 3 lost");

        String topicId = TopicIdentity.of(stores.config().source()).topicId();
        write("another", 1, 2, 1);
        assertThat(stores.verify().lines()).as("of another topic").contains("hdfs: 3 lost");
        write(topicId, 2, 2, 1);
        assertThat(stores.verify().lines()).as("of another epoch").contains("hdfs: 3 lost");
        write(topicId, 1, 1, 1);
        assertThat(stores.verify().lines())
                .contains("hdfs: 1 lost", "  " + topic + "-0@1 \"b\": is nothing, must be (none)|EU");
        write(topicId, 1, 2, 1);
        Answer clean = stores.verify();
        assertThat(clean.lines())
                .containsExactly(
                        "hdfs rows whose files 'lake maintain' deleted, which 'lake verify' compares: 3",
                        "verify: 3 records, 3 live offers: redis, solr, hdfs and dead letters agree");
        assertThat(clean.exitCode()).isZero();

        stores.send(0, "a", null);
        stores.send(1, "d", offer("d"));
        stores.load(); // a new worker: its recovery does not need the files
        assertThat(stores.verify().lines())
                .containsExactly(
                        "hdfs rows whose files 'lake maintain' deleted, which 'lake verify' compares: 3",
                        "verify: 5 records, 3 live offers: redis, solr, hdfs and dead letters agree");
        deleteFiles();
        Answer lost = stores.verify();
        assertThat(lost.lines()).contains("hdfs: 2 lost");
        assertThat(lost.exitCode()).isEqualTo(1);
    }

    private static void deleteFiles() throws IOException {
        try (StagedLog log = new StagedLog(stores.config().of(Hdfs.KIND))) {
            for (StagedLog.LogFile file : log.files()) {
                if (file.finished()) {
                    assertThat(log.delete(file)).isTrue();
                }
            }
        }
    }

    private static void write(String topicId, int epoch, long first, long second) throws IOException {
        HdfsConfig config = stores.config().of(Hdfs.KIND);
        MergedRows rows = new MergedRows(topicId, epoch, new TreeMap<>(Map.of(0, first, 1, second)), "digest|0:1:2:3|");
        rows.write(config);
        assertThat(MergedRows.read(config)).contains(rows);
    }

    private static String offer(String id) {
        return "{\"id\":\"" + id + "\",\"name\":\"Name of " + id
                + "\",\"office_latitude\":48.86,\"office_longitude\":2.35}";
    }
}
