/**
 * Measures {@code offerstorm ingest}: requests at a steady rate, and how long each takes until Kafka has its offers.
 *
 * <p>Invariant: a request is timed from when it was due, so a server that falls behind cannot hide it.
 */
package org.offerstorm.local.trials.ingest;
