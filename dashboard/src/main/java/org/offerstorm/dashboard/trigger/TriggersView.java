package org.offerstorm.dashboard.trigger;

import java.util.List;

/**
 * The rules and the channels at one moment.
 *
 * @param rules in the order of the configuration
 * @param channels that messages about them go to
 */
public record TriggersView(List<TriggerState> rules, List<ChannelState> channels) {
    /** Nothing is watched. */
    public static final TriggersView NONE = new TriggersView(List.of(), List.of());
}
