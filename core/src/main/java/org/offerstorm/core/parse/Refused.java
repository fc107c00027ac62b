package org.offerstorm.core.parse;

/**
 * Ends the parsing of a record; never leaves this package. It has no stack trace, because a flood of bad records must not
 * cost more than good ones.
 */
final class Refused extends RuntimeException {
    private final transient Reason reason;

    Refused(Reason reason, String detail) {
        super(detail, null, false, false);
        this.reason = reason;
    }

    Reason reason() {
        return reason;
    }
}
