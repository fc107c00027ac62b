package org.offerstorm.core.parse;

/**
 * A record cannot be read now, because a server that is needed for it cannot be reached, such as a schema registry. It says
 * nothing about the record: the same one may be valid later, so it must be held and tried again, and never refused. Without a
 * stack trace, because an outage makes many of them.
 */
public final class SourceUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message which server, and why, on one line without text of the record */
    public SourceUnavailable(String message, Throwable cause) {
        super(message, cause, false, false);
    }
}
