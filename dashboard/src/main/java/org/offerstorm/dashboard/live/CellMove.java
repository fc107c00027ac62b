package org.offerstorm.dashboard.live;

/**
 * How a cell moved.
 *
 * @param by live offers more, or fewer; zero if it moved forth and back
 * @param count live offers now
 */
public record CellMove(long by, long count) {}
