/**
 * {@code offerstorm dashboard}: parses the options, starts a {@link org.offerstorm.dashboard.Dashboard} and waits for
 * Ctrl-C.
 *
 * <p>Invariant: no other package of the dashboard uses picocli.
 */
package org.offerstorm.dashboard.cli;
