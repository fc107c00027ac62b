package org.offerstorm.dashboard.search;

import java.time.Instant;

/**
 * Where a page begins.
 *
 * @param time of the first page: relevance falls with an offer's age from hour to hour, and all pages need one order
 * @param mark Solr's cursor mark, {@code *} for the first page
 */
record PageStart(Instant time, String mark) {
    /** The first page, now. */
    static PageStart first(Instant now) {
        return new PageStart(now, "*");
    }

    /** From {@link #text()}. */
    static PageStart of(String text) {
        int end = text.indexOf(' ');
        return new PageStart(Instant.ofEpochMilli(Long.parseLong(text.substring(0, end))), text.substring(end + 1));
    }

    /** For the cursor. */
    String text() {
        return time.toEpochMilli() + " " + mark;
    }
}
