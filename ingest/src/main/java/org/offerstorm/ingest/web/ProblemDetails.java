package org.offerstorm.ingest.web;

import io.undertow.util.StatusCodes;
import org.offerstorm.ingest.kafka.Outage;

/**
 * Why a request, or an item of one, was refused: problem details by RFC 9457.
 *
 * @param status of HTTP
 * @param code last part of the problem's type, {@code bad_json}
 * @param detail for people
 * @param retrySeconds when to try again; 0 if that does not help
 */
record ProblemDetails(int status, String code, String detail, int retrySeconds) {
    /** Of what the type of a problem consists before its code. */
    static final String TYPE = "/problems/";

    ProblemDetails(int status, String code, String detail) {
        this(status, code, detail, 0);
    }

    /**
     * Kafka did not confirm something.
     *
     * @param unknown says what to do if nobody knows whether it was written
     * @param otherwise says it if it was not
     */
    static ProblemDetails of(Outage outage, String unknown, String otherwise) {
        return new ProblemDetails(
                StatusCodes.SERVICE_UNAVAILABLE,
                outage.kind() == Outage.Kind.OPERATOR ? "kafka_refuses" : "kafka_unavailable",
                outage.why() + "; " + (outage.kind() == Outage.Kind.UNKNOWN ? unknown : otherwise),
                IngestJson.RETRY_SECONDS);
    }

    String type() {
        return TYPE + code;
    }

    /** The same for every problem of the code. */
    String title() {
        return code.replace('_', ' ');
    }
}
