package org.offerstorm.sinks.hdfs;

import java.io.IOException;
import org.apache.hadoop.fs.Path;

/**
 * A file that is being written, of which no DataNode says how long it is: those that have it were restarted, or are away. It
 * passes when its writer continues, or the file is taken from a writer that is gone.
 */
final class LengthUnknown extends IOException {
    private static final long serialVersionUID = 1L;

    LengthUnknown(Path file, IOException cause) {
        super(
                file + " is being written, and no DataNode says how long it is; it can be read when its DataNodes"
                        + " answer and its writer continues, or a worker of the stream recovers it",
                cause);
    }
}
