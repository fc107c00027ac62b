/**
 * Faults of processes: workers and servers that are killed, stopped and paused.
 *
 * <p>Invariant: every fault can be healed after it was injected half, and healing twice is harmless.
 */
package org.offerstorm.local.trials.chaos.process;
