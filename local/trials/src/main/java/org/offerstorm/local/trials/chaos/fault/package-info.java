/**
 * Faults of the network, of what the stores hold and allow, and of the lake. Those of processes are in {@code chaos.process}.
 *
 * <p>Invariant: every fault can be healed after it was injected half, and healing twice is harmless.
 */
package org.offerstorm.local.trials.chaos.fault;
