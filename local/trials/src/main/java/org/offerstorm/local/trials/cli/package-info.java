/**
 * The commands of the trials: {@code chaos}, {@code bench}, {@code search-bench} and {@code dashboard-load}. Invariant: picocli is used
 * here alone, and no other package of the trials depends on this one.
 */
package org.offerstorm.local.trials.cli;
