/**
 * When each sink is fresh again after a fault: when it holds records of every partition that were produced since.
 *
 * <p>Invariant: a view asks the store itself, never the topology.
 */
package org.offerstorm.local.trials.chaos.freshness;
