package org.offerstorm.sinks.postgres;

/**
 * A row of {@code offer_versions}, or of the tables of live and of deleted offers. Times are milliseconds since 1970 UTC;
 * {@link #MINUS_INFINITY} and {@link #INFINITY} are PostgreSQL's.
 *
 * @param validFrom the record's time; {@link #MINUS_INFINITY} also for a record that has none
 * @param validTo earliest time of all newer versions; null if there is none, and for rows of the other two tables
 * @param isCurrent whether no newer version is there; true for rows of the other two tables
 * @param offer null if the version is a deletion
 */
public record OfferVersion(
        String id,
        int epoch,
        int partition,
        long offset,
        long validFrom,
        Long validTo,
        boolean isCurrent,
        StoredOffer offer) {
    public static final long MINUS_INFINITY = Long.MIN_VALUE;
    public static final long INFINITY = Long.MAX_VALUE;

    private static final int OFFSET_BITS = 48;

    /** {@code epoch << 48 | offset}: of two versions of one id, the one with the higher number is the newer. */
    public long version() {
        return (long) epoch << OFFSET_BITS | offset;
    }

    public boolean isDeleted() {
        return offer == null;
    }

    /** From when on the version of a record with this Kafka timestamp is valid. */
    public static long validFrom(long timestampMillis) {
        return VersionTime.millis(VersionTime.validFrom(timestampMillis));
    }
}
