/**
 * Commands that manage a topology on a cluster, and the list of all commands in the topology's jar. Each parses its
 * options, calls {@code operate} and prints.
 *
 * <p>Invariant: no command here uses a class of Storm.
 */
package org.offerstorm.topology.cli;
