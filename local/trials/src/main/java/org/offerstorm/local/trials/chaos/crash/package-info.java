/**
 * Faults that end a worker between two given steps, as {@code kill -9} would at that point: after the hsync and before the ack, say.
 *
 * <pre>
 *   fault ── writes ──▶ DIRECTORY/crash/armed: "hdfs-hsync 3"
 *                            ▲ looks at each passage
 *   worker: -javaagent:…=DIRECTORY/crash ── third passage: armed is renamed to fired, halt
 * </pre>
 *
 * The product has no part in it: the agent puts calls into a handful of its methods when their classes are loaded.
 *
 * <p>Invariant: the product contains no code for crash points.
 */
package org.offerstorm.local.trials.chaos.crash;
