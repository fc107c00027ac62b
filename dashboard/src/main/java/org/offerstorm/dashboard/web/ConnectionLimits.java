package org.offerstorm.dashboard.web;

/**
 * How many connections there may be, and how long one may do nothing useful. Events are not affected: they are an answer
 * that is being written, and a viewer that does not read is dropped by {@link Viewer}.
 *
 * @param requestMillis from the first byte of a request to its last, regardless of how often a byte comes
 * @param idleMillis between two requests
 * @param answerMillis without a byte of an answer being taken; more than {@code idleMillis} and the longest search
 * @param connections at a time, viewers included; more wait until others have ended
 */
record ConnectionLimits(int requestMillis, int idleMillis, int answerMillis, int connections) {
    static final ConnectionLimits DEFAULT =
            new ConnectionLimits(10_000, 60_000, 150_000, 2 * EventsHandler.MAX_VIEWERS);
}
