/**
 * Joins spout, bolts and sinks into the topology, and sets what Storm must know about it.
 *
 * <p>Invariant: a cluster, a LocalCluster and the driver of the tests run the same graph; it is built here and nowhere
 * else.
 */
package org.offerstorm.topology.wiring;
