/**
 * The topic of changes: each change of a cell of the table is one record, once, in one order.
 *
 * <pre>
 *   key      category|CONTINENT
 *   value    {"action":"increment","by":3,"category":"Tech","continent":"EU","count":1508,"at":"2026-…Z","seq":17}
 *   headers  offerstorm.version on every record; offerstorm.position on the last record of each transaction
 * </pre>
 *
 * The records are derived from Redis' stream of changes. How far they follow it is in the same transaction as they are, so
 * a publisher that starts reads its position from the topic alone. If the stream no longer has that position, the
 * difference between the two tables is published.
 *
 * <p>Invariant: after each transaction, the sums and the newest counts of the topic are Redis' table after the change that
 * the transaction's position names. (A difference of very many cells takes several transactions; only the last names one.)
 */
package org.offerstorm.sinks.changes;
