package org.offerstorm.sinks.hdfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.offerstorm.core.sink.WriteResult;

/** What must be there after {@link KilledHdfs}. */
public final class HdfsRestart {
    private HdfsRestart() {}

    /** All that was acked is read, taken over, not written again, and the stream continues. */
    public static void goesOn(String uri, String directory) throws Exception {
        Log log = new Log(uri, directory);
        TestClock clock = new TestClock();
        try (HdfsSink sink = log.sink(clock)) {
            long end = System.nanoTime() + Log.PATIENCE.toNanos();
            while (System.nanoTime() < end && log.avroFiles().stream().noneMatch(f -> f.startsWith("offers/"))) {
                sink.tick(); // no chunk is needed
                clock.pass(Duration.ofSeconds(1));
                Thread.sleep(50);
            }
            log.assertHoldsExactly(List.of(Log.chunk(0, 0, 1000)));
            assertThat(Log.writeUntilDone(sink, clock, Log.chunk(0, 900, 200)))
                    .isEqualTo(new WriteResult.Done(100, 100));
            Log.writeUntilDone(sink, clock, Log.drain());
            log.assertHoldsExactly(List.of(Log.chunk(0, 0, 1100)));
        }
    }
}
