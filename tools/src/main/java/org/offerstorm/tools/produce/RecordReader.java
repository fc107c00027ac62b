package org.offerstorm.tools.produce;

import java.io.Closeable;
import java.io.IOException;

/** Streams the records of one file. One thread; memory is bounded by the longest record, at most some MiB. */
public interface RecordReader extends Closeable {
    /**
     * The next record or skipped place, or null at the end.
     *
     * @throws BadInput if nothing more can be had from the file: no CSV any more, not UTF-8, compressed data cut
     * @throws IOException if it cannot be read
     */
    Input next() throws IOException;
}
