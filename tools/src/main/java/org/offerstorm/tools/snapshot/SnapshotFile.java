package org.offerstorm.tools.snapshot;

import java.io.IOException;
import org.offerstorm.tools.produce.RecordReader;

/** A file that can be read from its start as often as needed. */
@FunctionalInterface
public interface SnapshotFile {
    /**
     * Opens it at its start.
     *
     * @throws IOException if it cannot be opened, or does not hold records
     */
    RecordReader open() throws IOException;
}
