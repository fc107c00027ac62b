/**
 * The commands of the trials: {@code chaos}, {@code bench}, {@code search-bench} and {@code dashboard-load}.
 *
 * <p>Invariant: picocli is used here alone, and no other package but the program's own depends on this one.
 */
package org.offerstorm.local.trials.cli;
