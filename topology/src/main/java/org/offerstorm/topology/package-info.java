/**
 * The class that {@code storm jar} starts. The wiring, the commands and their work are in the packages below.
 *
 * <p>Invariant: the process exits with the exit code of the command, so a failed submission is never 0.
 */
package org.offerstorm.topology;
