/**
 * The pipeline without Storm, for {@code bench}: a plain loop, and what it shares with the jobs of other engines: the
 * parser, the classifier and the stores' own sinks, with the threads that call them.
 *
 * <p>Invariant: a record counts as done when every sink has its chunk, or the dead letters have the record.
 */
package org.offerstorm.local.neighbours;
