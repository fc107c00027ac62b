package org.offerstorm.dashboard.trigger;

/**
 * The state of a rule.
 *
 * @param name of the rule
 * @param rule as it was written
 * @param phase whether it has fired
 * @param since when the phase began, ms since 1970
 * @param value measured last; of times in seconds
 * @param words the value with its unit
 */
public record TriggerState(String name, String rule, Phase phase, long since, double value, String words) {
    /** Where a rule is. */
    public enum Phase {
        /** Its condition does not hold. */
        ARMED,
        /** Its condition holds, but not yet long enough. */
        PENDING,
        /** It has fired and is not over. */
        FIRED
    }
}
