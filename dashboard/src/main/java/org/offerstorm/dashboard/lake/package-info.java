/**
 * The lake as the dashboard asks it: another process, {@code offerstorm lake serve}, that has Spark. A question has a limit of
 * time and of bytes, and only a few are under way.
 *
 * <p>Invariant: what anybody may read never says where the lake is; that is in the log.
 */
package org.offerstorm.dashboard.lake;
