package org.offerstorm.sinks.hdfs;

import java.nio.file.Path;
import java.time.InstantSource;
import org.offerstorm.core.sink.WriteResult;
import org.offerstorm.local.servers.EmbeddedHdfs;

/** A process that holds the servers and a writer, writes some chunks, and dies at once. */
final class KilledHdfs {
    private KilledHdfs() {}

    public static void main(String[] args) throws Exception {
        EmbeddedHdfs hdfs = EmbeddedHdfs.start(Path.of(args[0]), 0);
        HdfsSink sink = new Log(hdfs.uri(), args[1]).sink(InstantSource.system());
        for (int i = 0; i < 10; i++) {
            while (!(sink.write(Log.chunk(0, i * 100L, 100)) instanceof WriteResult.Done)) {
                Thread.sleep(100);
            }
        }
        Runtime.getRuntime().halt(137);
    }
}
