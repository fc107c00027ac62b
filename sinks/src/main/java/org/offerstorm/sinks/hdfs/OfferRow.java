package org.offerstorm.sinks.hdfs;

import java.util.Objects;
import org.offerstorm.core.model.Cell;

/**
 * One row of the log: a version of an offer, or its deletion.
 *
 * @param timestampMillis the record's Kafka timestamp, milliseconds since 1970 UTC
 * @param deleted whether the record deleted the offer; cell and offer fields are absent then
 * @param id offer id
 * @param cell where the offer is counted, or null if deleted
 * @param professionId null if absent
 * @param contractType null if absent
 * @param name null if deleted
 * @param latitude degrees north, or null
 * @param longitude degrees east, or null
 * @param company null if absent
 * @param description null if absent
 * @param publishedAtMillis milliseconds since 1970 UTC, or null
 * @param details {@link RowDetails#NONE} if there are none, and in rows of a version that did not have them
 */
public record OfferRow(
        int epoch,
        int partition,
        long offset,
        long timestampMillis,
        boolean deleted,
        String id,
        Cell cell,
        Long professionId,
        String contractType,
        String name,
        Double latitude,
        Double longitude,
        String company,
        String description,
        Long publishedAtMillis,
        RowDetails details) {
    private static final int OFFSET_BITS = 48;

    public OfferRow {
        Objects.requireNonNull(details, "details");
    }

    /** {@code epoch << 48 | offset}: of two rows of one id, the one with the higher version is the newer. */
    public long version() {
        return (long) epoch << OFFSET_BITS | offset;
    }
}
