package org.offerstorm.dashboard.trigger;

/**
 * A rule fired, or is over.
 *
 * @param id the same however often it is sent; another for each event
 * @param fired false: over
 * @param value that made it so
 * @param at ms since 1970
 */
public record TriggerEvent(String id, String name, String rule, boolean fired, long value, long at) {}
