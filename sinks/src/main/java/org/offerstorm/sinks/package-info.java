/**
 * The list of all sinks; each has a package with its kind, options, configuration record, sink, readers, health and setup.
 *
 * <p>Invariant: a sink is in {@link org.offerstorm.sinks.Sinks#ALL} or unknown to the program; no sink's package knows
 * this list, or another's, except changes, which is derived from Redis.
 */
package org.offerstorm.sinks;
