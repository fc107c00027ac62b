package org.offerstorm.core.model;

import java.util.Objects;

/**
 * A job offer that passed the parser. Its text is still untrusted: it is data, never markup, a path or a query.
 *
 * @param id non-blank, at most 512 bytes of UTF-8
 * @param professionId {@link #NO_PROFESSION} if the offer names none
 * @param contractType null if absent
 * @param name non-blank, at most 1 KiB of UTF-8
 * @param latitude degrees north, -90 to 90, or NaN; absent if and only if the longitude is
 * @param longitude degrees east, -180 to 180, or NaN
 * @param company null if absent
 * @param description at most 64 KiB of UTF-8; null if absent
 * @param publishedAtMillis milliseconds since 1970 UTC, or {@link #NO_DATE}
 * @param details {@link Details#NONE} if there are none
 */
public record Offer(
        String id,
        long professionId,
        String contractType,
        String name,
        double latitude,
        double longitude,
        String company,
        String description,
        long publishedAtMillis,
        Details details) {
    public static final long NO_PROFESSION = Long.MIN_VALUE;
    public static final long NO_DATE = Long.MIN_VALUE;

    public Offer {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(details, "details");
        if (Double.isNaN(latitude) != Double.isNaN(longitude)) {
            throw new IllegalArgumentException("offer has one coordinate; it needs both or none");
        }
    }

    /** One without details. */
    public Offer(
            String id,
            long professionId,
            String contractType,
            String name,
            double latitude,
            double longitude,
            String company,
            String description,
            long publishedAtMillis) {
        this(
                id,
                professionId,
                contractType,
                name,
                latitude,
                longitude,
                company,
                description,
                publishedAtMillis,
                Details.NONE);
    }

    public boolean hasProfession() {
        return professionId != NO_PROFESSION;
    }

    public boolean hasLocation() {
        return !Double.isNaN(latitude);
    }

    public boolean hasPublishedAt() {
        return publishedAtMillis != NO_DATE;
    }
}
