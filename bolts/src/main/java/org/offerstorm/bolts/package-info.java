/**
 * Adapters between Storm and the plain code of core and sinks. A bolt takes a chunk, asks for one attempt at it, and acks
 * when the attempt says done; what could not be done is held, not failed:
 *
 * <pre>
 *   execute ─▶ attempt ─ Done ──▶ emit, ack
 *                 │
 *                 └─ Retryable ─▶ held ◀─ each tick: probe with the oldest, resetTimeout for all
 * </pre>
 *
 * <p>Invariant: no bolt fails a tuple, and none acks one whose work is not done.
 */
package org.offerstorm.bolts;
