/**
 * The pipeline as a Flink job, in a MiniCluster, for {@code bench}: source, parsing, classification and sinks are one chain
 * of operators on each core, which passes objects, and a checkpoint each second waits for the sinks.
 *
 * <p>Invariant: an offset is in a completed checkpoint only if every sink has its record, or the dead letters have it.
 */
package org.offerstorm.local.neighbours.flink;
