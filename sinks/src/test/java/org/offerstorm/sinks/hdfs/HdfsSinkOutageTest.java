package org.offerstorm.sinks.hdfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.offerstorm.core.model.Change;
import org.offerstorm.core.model.Chunk;
import org.offerstorm.core.sink.WriteResult;
import org.offerstorm.local.servers.EmbeddedHdfs;

@ExtendWith(SharedHdfs.class)
class HdfsSinkOutageTest {
    private static final Chunk<Change> FIRST = Log.chunk(0, 0, 100);
    private static final Chunk<Change> SECOND = Log.chunk(0, 100, 100);
    private static final Chunk<Change> THIRD = Log.chunk(0, 200, 100);
    private final TestClock clock = new TestClock();

    @Test
    void goes_on_by_itself_when_the_datanode_is_back(EmbeddedHdfs hdfs) throws Exception {
        Log log = new Log(hdfs.uri(), "/outage/datanode");
        try (HdfsSink sink = log.sink(clock)) {
            Log.writeUntilDone(sink, clock, FIRST);
            hdfs.stopDataNode();
            try {
                holds(sink, SECOND);
            } finally {
                hdfs.restartDataNode();
            }
            Log.writeUntilDone(sink, clock, SECOND);
            Log.writeUntilDone(sink, clock, FIRST);
            Log.writeUntilDone(sink, clock, THIRD);
            log.assertHoldsExactly(List.of(FIRST, SECOND, THIRD));
        }
    }

    @Test
    void goes_on_by_itself_when_the_namenode_is_back(EmbeddedHdfs hdfs) throws Exception {
        Log log = new Log(hdfs.uri(), "/outage/namenode");
        try (HdfsSink sink = log.sink(clock)) {
            Log.writeUntilDone(sink, clock, FIRST);
            hdfs.stopNameNode();
            try {
                holds(sink, SECOND);
            } finally {
                hdfs.restartNameNode();
            }
            Log.writeUntilDone(sink, clock, SECOND);
            Log.writeUntilDone(sink, clock, FIRST);
            log.assertHoldsExactly(List.of(FIRST, SECOND));
        }
    }

    @Test
    void a_sink_that_starts_during_an_outage_begins_when_it_is_over(EmbeddedHdfs hdfs) throws Exception {
        Log log = new Log(hdfs.uri(), "/outage/start");
        hdfs.stopNameNode();
        try (HdfsSink sink = log.sink(clock)) {
            try {
                holds(sink, FIRST);
            } finally {
                hdfs.restartNameNode();
            }
            Log.writeUntilDone(sink, clock, FIRST);
            log.assertHoldsExactly(List.of(FIRST));
        }
    }

    /** Offered again and again it is never done, never an exception, and says where. */
    private static void holds(HdfsSink sink, Chunk<Change> chunk) {
        for (int i = 0; i < 4; i++) {
            WriteResult result = sink.write(chunk);
            assertThat(result)
                    .isInstanceOfSatisfying(WriteResult.Retryable.class, retryable -> assertThat(retryable.message())
                            .contains("/outage/")
                            .doesNotContain("\n"));
            sink.tick();
        }
    }
}
