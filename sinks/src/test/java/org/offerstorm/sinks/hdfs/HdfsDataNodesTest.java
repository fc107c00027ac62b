package org.offerstorm.sinks.hdfs;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.offerstorm.core.model.Change;
import org.offerstorm.core.model.Chunk;
import org.offerstorm.local.servers.EmbeddedHdfs;

/** Three DataNodes with a copy each, of which two die; the NameNode takes them for alive for another ten minutes. */
class HdfsDataNodesTest {
    private static final Chunk<Change> FIRST = Log.chunk(0, 0, 100);
    private static final Chunk<Change> SECOND = Log.chunk(0, 100, 100);
    private static final Chunk<Change> THIRD = Log.chunk(0, 200, 100);
    private final TestClock clock = new TestClock();

    @Test
    void what_is_alive_goes_on_in_an_open_file_and_in_a_new_one(@TempDir Path directory) throws Exception {
        try (EmbeddedHdfs hdfs = EmbeddedHdfs.start(directory, 0, 3)) {
            Log log = new Log(new HdfsConfig(
                    hdfs.uri(), "/datanodes", 1 << 27, Duration.ofMinutes(10), Map.of("dfs.replication", "3")));
            try (HdfsSink sink = log.sink(clock)) {
                Log.writeUntilDone(sink, clock, FIRST);
                hdfs.stopDataNode();
                hdfs.stopDataNode();
                Log.writeUntilDone(sink, clock, SECOND);
                Log.writeUntilDone(sink, clock, Log.drain()); // finishes the file
                Log.writeUntilDone(sink, clock, THIRD);
                Log.writeUntilDone(sink, clock, Log.drain());
                log.assertHoldsExactly(List.of(FIRST, SECOND, THIRD));
            }
        }
    }
}
