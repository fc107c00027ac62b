/**
 * The list of all sinks; each has a package with its kind, options, configuration record, sink, readers, health and setup.
 *
 * <p>Invariant: a sink is in {@link org.offerstorm.sinks.Sinks#ALL} or unknown to the program; no sink's package knows
 * another's, or this list.
 */
package org.offerstorm.sinks;
