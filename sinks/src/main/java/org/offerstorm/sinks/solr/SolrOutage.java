package org.offerstorm.sinks.solr;

import java.io.IOException;
import org.offerstorm.core.check.TlsAdvice;

/** Solr cannot be had now, or not as it is set up: nothing is known of what was sent, and it is to be sent again. */
final class SolrOutage extends IOException {
    /** HTTP status of its answer; 0 if there was none. */
    private final int status;

    SolrOutage(String message, Throwable cause) {
        super(message, cause);
        this.status = 0;
    }

    /**
     * There was no answer.
     *
     * @param address of the core, without credentials
     */
    static SolrOutage noAnswer(String address, Throwable cause) {
        String advice = tlsAdvice(cause);
        return new SolrOutage(
                "no answer from " + address + ": "
                        + (cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage()) + "; "
                        + (advice == null ? "is Solr running there?" : advice),
                cause);
    }

    /** What to do if TLS failed; null if something else did. */
    static String tlsAdvice(Throwable cause) {
        return TlsAdvice.of(cause, "solr.url", "write http:// in place of https://");
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
