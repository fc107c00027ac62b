package org.offerstorm.sinks.solr;

import java.io.IOException;

/** Solr took the request and refuses what is in it (400, 413). Documents before the refused one may be written. */
final class SolrRefusal extends IOException {
    SolrRefusal(String message) {
        super(message);
    }
}
