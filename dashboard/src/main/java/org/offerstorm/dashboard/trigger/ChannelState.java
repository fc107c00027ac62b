package org.offerstorm.dashboard.trigger;

import org.offerstorm.core.trigger.Channel;

/**
 * How a channel does, since the start of the dashboard.
 *
 * @param waiting events that were not taken yet
 * @param sent events that were taken
 * @param givenUp events that nobody will get
 * @param sentAt when the last one was taken, ms since 1970; 0: none yet
 * @param problem of the last attempt; empty if it went well
 */
public record ChannelState(
        String name, Channel.Form form, int waiting, long sent, long givenUp, long sentAt, String problem) {}
