/**
 * The command line that the launcher starts: all commands, also those that bring servers with them.
 *
 * <p>Invariant: no other module uses this one.
 */
package org.offerstorm.local.trials;
