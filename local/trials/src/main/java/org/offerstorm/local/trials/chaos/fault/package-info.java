/** Faults of the network, and of what the stores hold and allow. Those of processes are in {@code chaos.process}. */
package org.offerstorm.local.trials.chaos.fault;
