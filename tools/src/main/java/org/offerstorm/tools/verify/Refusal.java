package org.offerstorm.tools.verify;

/** A rule of docs/input.md that a record does not keep. */
final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final String reason;

    Refusal(String reason) {
        super(reason, null, false, false);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
