/**
 * Redis as the dashboard sees it. One reader makes immutable values (the table, the updates that led to it, the last
 * minute, the last hours), which any thread may read.
 *
 * <p>Invariant: one thread reads Redis, regardless of the number of viewers.
 */
package org.offerstorm.dashboard.live;
