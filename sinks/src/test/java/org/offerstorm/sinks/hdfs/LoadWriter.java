package org.offerstorm.sinks.hdfs;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.offerstorm.core.sink.WriteResult;

/** A writer process to be killed: writes one partition from an offset on, and says on its output up to where it is acked. */
final class LoadWriter {
    static final int CHUNK = 100;

    private LoadWriter() {}

    @SuppressWarnings("SystemOut")
    public static void main(String[] args) throws InterruptedException {
        HdfsConfig config = new HdfsConfig(args[0], args[1], 20_000, Duration.ofMinutes(10), Map.of());
        HdfsSink sink = new HdfsSink(config, Log.context(InstantSource.system()));
        for (long from = Long.parseLong(args[2]); ; from += CHUNK) {
            // Three dates, so that several files are open; the date changes every other chunk.
            long timestamp = Log.NOON + from / CHUNK / 2 % 3 * Log.DAY;
            while (!(sink.write(Log.chunk(Log.SOURCE, 0, 1, 0, from, CHUNK, timestamp)) instanceof WriteResult.Done)) {
                Thread.sleep(100);
                sink.tick();
            }
            System.out.println("acked " + (from + CHUNK));
        }
    }
}
