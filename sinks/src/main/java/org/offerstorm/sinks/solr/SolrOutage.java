package org.offerstorm.sinks.solr;

import java.io.IOException;

/** Solr cannot be had now, or not as it is set up: nothing is known of what was sent, and it is to be sent again. */
final class SolrOutage extends IOException {
    SolrOutage(String message, Throwable cause) {
        super(message, cause);
    }

    SolrOutage(String message) {
        super(message);
    }
}
