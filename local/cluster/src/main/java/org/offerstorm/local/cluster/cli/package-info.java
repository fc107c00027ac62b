/**
 * {@code offerstorm cluster ...}: the command line of a cluster on this machine.
 *
 * <p>Invariant: reads options and prints; what a command does is in {@link org.offerstorm.local.cluster}.
 */
package org.offerstorm.local.cluster.cli;
