/**
 * Figures of the last day, one value a minute, in memory and if wanted in a file.
 *
 * <p>Invariant: memory is bounded by the number of series and the minutes of a day, regardless of how long it runs.
 */
package org.offerstorm.dashboard.day;
