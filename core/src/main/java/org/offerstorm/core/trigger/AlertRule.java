package org.offerstorm.core.trigger;

import java.time.Duration;

/** A rule on the table, or on the health of the pipeline: one language for both. Immutable. */
public sealed interface AlertRule permits TriggerRule, HealthRule {
    /** When it fires. */
    Condition condition();

    /** How long the condition must hold first; zero: at once. */
    Duration held();

    /** When it is over. */
    Condition until();

    /** What a measured value is in the unit that people read, with that unit. */
    default String words(long value) {
        return Long.toString(value);
    }

    /** What a measured value is in the unit that people read: seconds for times. */
    default double number(long value) {
        return value;
    }

    /**
     * Reads a rule.
     *
     * @throws IllegalArgumentException if the text is none; the message says what to write
     */
    static AlertRule parse(String text) {
        return HealthRule.isOne(text) ? HealthRule.parse(text) : TriggerRule.parse(text);
    }
}
