package org.offerstorm.dashboard.trigger;

import org.offerstorm.core.trigger.AlertRule;
import org.offerstorm.dashboard.trigger.TriggerState.Phase;

/** One rule and its state. Used by one thread, but for its state. */
final class Watch {
    private final String name;
    private final String text;
    private final AlertRule rule;
    private Phase phase = Phase.ARMED;
    private long since;
    private long value;
    private volatile TriggerState state;

    Watch(String name, String text, long now) {
        this.name = name;
        this.text = text;
        this.rule = AlertRule.parse(text);
        this.since = now;
        this.state = stateNow();
    }

    AlertRule rule() {
        return rule;
    }

    /** Any thread. */
    TriggerState state() {
        return state;
    }

    private TriggerState stateNow() {
        return new TriggerState(name, text, phase, since, rule.number(value), rule.words(value));
    }

    /**
     * Takes what was measured.
     *
     * @return what happened; null if nothing did
     */
    TriggerEvent measured(long measured, long now) {
        value = measured;
        TriggerEvent event = judged(measured, now);
        state = stateNow();
        return event;
    }

    private TriggerEvent judged(long measured, long now) {
        if (phase == Phase.FIRED) {
            if (!rule.until().holds(measured)) {
                return null;
            }
            enter(Phase.ARMED, now);
            return event(false, now);
        }
        if (!rule.condition().holds(measured)) {
            if (phase == Phase.PENDING) {
                enter(Phase.ARMED, now);
            }
            return null;
        }
        if (phase == Phase.ARMED) {
            enter(Phase.PENDING, now);
        }
        if (now - since < rule.held().toMillis()) {
            return null;
        }
        enter(Phase.FIRED, now);
        return event(true, now);
    }

    /** Nothing is known for a while: a condition that must hold without a break starts again. */
    void unknown(long now) {
        if (phase == Phase.PENDING) {
            enter(Phase.ARMED, now);
            state = stateNow();
        }
    }

    private void enter(Phase next, long now) {
        phase = next;
        since = now;
    }

    private TriggerEvent event(boolean fired, long now) {
        return new TriggerEvent(
                name + "-" + now + (fired ? "-fired" : "-over"),
                name,
                text,
                fired,
                rule.number(value),
                rule.words(value),
                now);
    }
}
