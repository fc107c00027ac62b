package org.offerstorm.sinks.changes;

/** Nothing may be published until somebody has done what the message says. */
final class ChangesHeld extends Exception {
    private static final long serialVersionUID = 1L;

    /** @param message what is wrong, where, and what to do; one line */
    ChangesHeld(String message) {
        super(message);
    }
}
