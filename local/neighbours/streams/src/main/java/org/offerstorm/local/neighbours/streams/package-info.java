/**
 * The pipeline as a Kafka Streams application for {@code bench}: one processor parses, classifies and hands chunks to the
 * sinks; a store of the processor, which Streams asks to write before each commit, waits for them.
 *
 * <p>Invariant: an offset is committed only if every sink has its record, or the dead letters have it.
 */
package org.offerstorm.local.neighbours.streams;
