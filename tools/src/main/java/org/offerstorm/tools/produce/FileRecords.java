package org.offerstorm.tools.produce;

import java.io.Closeable;
import java.io.IOException;

/** Streams the records of one file in one format. One thread; memory is bounded by the longest record, at most some MiB. */
interface FileRecords extends Closeable {
    /**
     * The next record, or what is not one, or null at the end.
     *
     * @throws BadInput if the rest cannot be read
     */
    FileRecord next() throws IOException;

    /** Between the cells; 0 if it is not CSV. */
    default char delimiter() {
        return 0;
    }
}
