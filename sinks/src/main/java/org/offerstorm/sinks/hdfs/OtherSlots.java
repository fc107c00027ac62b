package org.offerstorm.sinks.hdfs;

import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Set;
import org.apache.hadoop.fs.Path;

/**
 * Adds the coverage of all other slots, whose files may be moved at any time by their own writers: the reading counts
 * only if the same files are there afterwards.
 */
final class OtherSlots implements Closeable {
    private final LogFiles files;
    private final Fence fence;
    private final Coverage coverage;
    private Set<Path> paths;
    private Scan scan;

    OtherSlots(LogFiles files, Fence fence, Coverage coverage) {
        this.files = files;
        this.fence = fence;
        this.coverage = coverage;
    }

    /** Goes on reading; returns whether all is read. */
    boolean advance(Budget budget) throws IOException {
        do {
            if (scan == null) {
                paths = fence.filesOfOthers();
                scan = new Scan(files, paths, coverage);
            }
            try {
                if (scan.advance(budget)) {
                    scan = null;
                    if (paths.equals(fence.filesOfOthers())) {
                        return true;
                    }
                }
            } catch (FileNotFoundException e) { // moved in the meantime
                scan.close();
                scan = null;
            }
        } while (!budget.isSpent());
        return false;
    }

    @Override
    public void close() throws IOException {
        if (scan != null) {
            scan.close();
        }
    }
}
