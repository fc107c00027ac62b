/**
 * What a worker reports about itself: each serves its tasks' figures over HTTP, and {@code operate} reads them. Nimbus
 * has only counts of tuples, a minute old.
 *
 * <p>Invariant: figures contain numbers and messages, never an offer.
 */
package org.offerstorm.topology.metrics;
