/**
 * Answers from the lake: counts now, at an instant and merged with the tail of the staged log; the versions of an offer; SQL;
 * and whether the tables hold what is staged.
 *
 * <p>Invariant: nothing here writes to a table, and an answer is of one snapshot of the history, regardless of what is published meanwhile.
 */
package org.offerstorm.lake.serve;
