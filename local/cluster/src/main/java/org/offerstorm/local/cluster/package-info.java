/**
 * {@code cluster up}: every server of the pipeline as a separate process on this machine, with its directory, ports and
 * logs.
 *
 * <p>Invariant: a process is signalled only if its pid and its start time match the recorded ones.
 */
package org.offerstorm.local.cluster;
