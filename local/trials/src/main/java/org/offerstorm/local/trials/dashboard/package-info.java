/**
 * {@code offerstorm dashboard-load}: measures how many viewers and updates the dashboard can serve, and how late an update
 * is.
 *
 * <p>Invariant: the dashboard runs in a separate process, so its memory and CPU are measured alone.
 */
package org.offerstorm.local.trials.dashboard;
