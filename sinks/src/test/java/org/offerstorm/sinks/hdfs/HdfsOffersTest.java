package org.offerstorm.sinks.hdfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.offerstorm.core.model.Change;
import org.offerstorm.core.model.Chunk;
import org.offerstorm.local.servers.EmbeddedHdfs;

/** Reading while a writer has a file open whose DataNode was restarted. */
@ExtendWith(SharedHdfs.class)
class HdfsOffersTest {
    private static final Chunk<Change> FIRST = Log.chunk(0, 0, 100);
    private static final Chunk<Change> SECOND = Log.chunk(0, 100, 100);
    private final TestClock clock = new TestClock();

    @Test
    void a_file_whose_length_no_datanode_knows_is_waited_for_until_its_writer_continues(EmbeddedHdfs hdfs)
            throws Exception {
        Log log = new Log(hdfs.uri(), "/offers/restarted");
        try (HdfsSink sink = log.sink(clock);
                HdfsOffers hasty = new HdfsOffers(log.config);
                HdfsOffers patient = new HdfsOffers(log.config, Log.PATIENCE)) {
            Log.writeUntilDone(sink, clock, FIRST);
            hdfs.stopDataNode();
            hdfs.restartDataNode();
            assertThatThrownBy(() -> hasty.forEach(row -> {}))
                    .isInstanceOf(LengthUnknown.class)
                    .hasMessageContaining("/offers/restarted/")
                    .hasMessageContaining("being written");

            Set<Long> offsets = new HashSet<>();
            FutureTask<Void> reading = new FutureTask<>(() -> {
                patient.forEach(row -> offsets.add(row.offset()));
                return null;
            });
            Thread reader = new Thread(reading, "test-reader");
            reader.setDaemon(true);
            reader.start();
            await().atMost(Log.PATIENCE).until(() -> patient.waits() > 0 || reading.isDone());
            Log.writeUntilDone(sink, clock, SECOND);
            reading.get(1, TimeUnit.MINUTES);

            assertThat(patient.waits()).isPositive();
            for (long offset = 0; offset < 100; offset++) {
                assertThat(offsets).contains(offset);
            }
        }
    }
}
