package org.offerstorm.lake.batch;

import java.io.IOException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The log that batches are made of. */
public interface Staging {
    /**
     * A cut below which every accepted record is durable and can be read; it never goes back.
     *
     * @throws IOException if the log cannot be read
     */
    OffsetVector cut() throws IOException;

    /**
     * The rows that {@code to} includes and {@code from} does not, with the columns of {@link OfferColumns}, in no particular
     * order. A row may be there more than once, if somebody copied a file.
     *
     * @throws IOException if the log cannot be read; later failures are Spark's
     */
    Dataset<Row> rows(OffsetVector from, OffsetVector to) throws IOException;

    /**
     * Which rows may be missing. This grows before files are deleted, so what was read before the question and is missing
     * nevertheless is lost.
     *
     * @throws IOException if the log cannot be read
     */
    default DeletedRows deleted() throws IOException {
        return DeletedRows.NONE;
    }

    /** What was read last is published up to this cut: later readings may leave out what lies below it. */
    default void published(OffsetVector to) {}
}
