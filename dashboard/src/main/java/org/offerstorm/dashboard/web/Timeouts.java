package org.offerstorm.dashboard.web;

/**
 * How long a connection may do nothing useful. Events are not affected: they are an answer that is being written, and a
 * viewer that does not read is dropped by {@link Viewer}.
 *
 * @param requestMillis from the first byte of a request to its last, regardless of how often a byte comes
 * @param idleMillis between two requests
 * @param answerMillis without a byte of an answer being taken; more than {@code idleMillis} and the longest search
 */
record Timeouts(int requestMillis, int idleMillis, int answerMillis) {
    static final Timeouts DEFAULT = new Timeouts(10_000, 60_000, 150_000);
}
