package org.offerstorm.dashboard.trigger;

import org.offerstorm.core.trigger.Channel;

/**
 * How a channel does, since the start of the dashboard.
 *
 * @param waiting events that were not taken yet
 * @param waitingSince since when the oldest of them waits, or an alert that is not over cannot be sent again, ms since 1970;
 *     0: neither
 * @param sent events that were taken
 * @param givenUp events that nobody will get
 * @param sentAt when the last one was taken, ms since 1970; 0: none yet
 * @param problem of the last attempt; empty if it went well
 */
public record ChannelState(
        String name,
        Channel.Form form,
        int waiting,
        long waitingSince,
        long sent,
        long givenUp,
        long sentAt,
        String problem) {
    /** How long the oldest message has waited, in seconds; 0 if none waits. */
    public double waitingSeconds(long now) {
        return waitingSince == 0 ? 0 : Math.max(0, now - waitingSince) / 1_000.0;
    }
}
