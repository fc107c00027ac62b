/**
 * Measures batches on this machine: first load, merges and answers, next to a plain Spark SQL job over the same log.
 *
 * <p>Invariant: each trial is a new process over new tables, and what two of them count is the same, or there is no figure.
 */
package org.offerstorm.lake.bench;
