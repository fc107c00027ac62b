/**
 * What writers and readers of Kafka topics have in common: which properties of Kafka's clients a configuration may set, and
 * those of a reader up to a known end.
 *
 * <p>Invariant: a property that the guarantees rest on is refused before a client is made.
 */
package org.offerstorm.sinks.kafka;
