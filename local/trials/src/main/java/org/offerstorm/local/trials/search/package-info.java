/**
 * {@code offerstorm search-bench}: measures what the index of the offers costs, and how fast it answers.
 *
 * <p>Invariant: offers reach the index through the topology's own sink.
 */
package org.offerstorm.local.trials.search;
