package org.offerstorm.sinks.solr;

import java.io.IOException;

/** Solr cannot be had now, or not as it is set up: nothing is known of what was sent, and it is to be sent again. */
final class SolrOutage extends IOException {
    /** HTTP status of its answer; 0 if there was none. */
    private final int status;

    SolrOutage(String message, Throwable cause) {
        super(message, cause);
        this.status = 0;
    }

    SolrOutage(String message) {
        this(message, 0);
    }

    SolrOutage(String message, int status) {
        super(message);
        this.status = status;
    }

    int status() {
        return status;
    }
}
