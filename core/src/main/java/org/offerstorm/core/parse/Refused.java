package org.offerstorm.core.parse;

/**
 * Ends the parsing of a record; never leaves a parser. It has no stack trace, because a flood of bad records must not
 * cost more than good ones.
 */
public final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Reason reason;

    public Refused(Reason reason, String detail) {
        super(detail, null, false, false);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /** The verdict that it stands for. */
    public ParseResult.Rejected result() {
        return new ParseResult.Rejected(reason, getMessage());
    }
}
