/**
 * The batch layer: what is staged becomes tables, one batch at a time.
 *
 * <pre>
 *   BatchRun ── cut ── branch ── merge ── audit ── publish      each table for itself: history, then counts
 * </pre>
 *
 * <p>Invariant: what is published holds exactly the rows that the vector in its snapshot includes, each once.
 */
package org.offerstorm.lake.batch;
