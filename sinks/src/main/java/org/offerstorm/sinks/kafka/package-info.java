/**
 * What the writers of Kafka topics have in common: which properties of Kafka's clients a configuration may set.
 *
 * <p>Invariant: a property that the guarantees rest on is refused before a client is made.
 */
package org.offerstorm.sinks.kafka;
