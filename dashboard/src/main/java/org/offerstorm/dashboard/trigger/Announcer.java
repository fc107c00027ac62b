package org.offerstorm.dashboard.trigger;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Hands events to every channel, and keeps a rule that fires and ends all the time from flooding them: of each rule at most
 * {@value #MOST} messages in ten minutes. What is held back is reduced to the last event, and is sent when there is room, if it
 * says anything new. Any thread.
 */
final class Announcer {
    static final int MOST = 6;
    static final long WINDOW_MILLIS = 600_000;

    private final List<Outbox> channels;
    private final Map<String, Rule> rules = new HashMap<>();

    private static final class Rule {
        private final Deque<Long> sent = new ArrayDeque<>();
        private boolean fired;
        private TriggerEvent heldBack;
    }

    Announcer(List<Outbox> channels) {
        this.channels = List.copyOf(channels);
    }

    /** Takes an event. */
    synchronized void accept(TriggerEvent event) {
        Rule rule = rules.computeIfAbsent(event.name(), any -> new Rule());
        rule.heldBack = event;
        send(rule, event.at());
    }

    /** Sends what was held back, if its time has come; call it each second or so. */
    synchronized void tick(long now) {
        rules.values().forEach(rule -> send(rule, now));
    }

    private void send(Rule rule, long now) {
        while (!rule.sent.isEmpty() && now - rule.sent.getFirst() >= WINDOW_MILLIS) {
            rule.sent.removeFirst();
        }
        if (rule.heldBack == null || rule.sent.size() >= MOST) {
            return;
        }
        TriggerEvent event = rule.heldBack;
        rule.heldBack = null;
        if (event.fired() == rule.fired) {
            return; // it came and went in the meantime
        }
        rule.fired = event.fired();
        rule.sent.add(now);
        channels.forEach(channel -> channel.send(event));
    }

    List<ChannelState> states() {
        return channels.stream().map(Outbox::state).toList();
    }
}
