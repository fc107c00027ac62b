/**
 * What an operator does with dead letters: list, show, replay, drop. Plain Java over Kafka and Redis.
 *
 * <p>Invariant: a letter is marked as replayed only after all replicas have its record.
 */
package org.offerstorm.tools.deadletters;
