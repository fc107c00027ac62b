/**
 * The process around a command: its streams, signals, waits and logging.
 *
 * <p>Invariant: nothing here knows a command; of the project it uses only core.
 */
package org.offerstorm.tools.terminal;
