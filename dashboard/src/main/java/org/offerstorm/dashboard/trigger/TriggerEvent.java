package org.offerstorm.dashboard.trigger;

/**
 * A rule fired, or is over.
 *
 * @param id the same however often it is sent; another for each event
 * @param fired false: over
 * @param value that made it so; of times in seconds
 * @param words the value with its unit
 * @param at ms since 1970
 */
public record TriggerEvent(String id, String name, String rule, boolean fired, double value, String words, long at) {
    /** Of a rule that counts. */
    TriggerEvent(String id, String name, String rule, boolean fired, long value, long at) {
        this(id, name, rule, fired, (double) value, Long.toString(value), at);
    }

    /** One line for people. */
    String text() {
        return "Trigger " + name + (fired ? " fired: " : " is over: ") + rule + ", it is " + words;
    }
}
