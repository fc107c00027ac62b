package org.offerstorm.sinks.hdfs;

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
        Long publishedAtMillis) {
    private static final int OFFSET_BITS = 48;

    /** {@code epoch << 48 | offset}: of two rows of one id, the one with the higher version is the newer. */
    public long version() {
        return (long) epoch << OFFSET_BITS | offset;
    }
}
