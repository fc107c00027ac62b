package org.offerstorm.ingest.web;

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

    String type() {
        return TYPE + code;
    }

    /** The same for every problem of the code. */
    String title() {
        return code.replace('_', ' ');
    }
}
