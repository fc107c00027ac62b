package org.offerstorm.dashboard.live;

/**
 * Whether Redis answers.
 *
 * @param up false: what is shown is what was known last
 * @param since ms since 1970, by the clock of this machine
 * @param message that it does not, without its address; empty if it does
 */
public record Connection(boolean up, long since, String message) {
    static final String NOT_ASKED = "not asked yet";

    /** Whether it was asked and does not answer. */
    public boolean away() {
        return !up && !message.equals(NOT_ASKED);
    }
}
