/**
 * Withdraws offers whose time has passed, by deletions in the topic: every store follows, as it follows any other
 * deletion.
 *
 * <pre>
 *   Expirer: which are due?            (DueOffers, a store that is searched by time)
 *         ─▶ what has the stream read? (committed floors)
 *         ─▶ is the store's version the newest below the floors, and nothing newer in the log?  (TopicWriter)
 *         ─▶ deletions
 * </pre>
 *
 * <p>Invariant: the topic alone says which offers are live; no store ever drops an offer by the clock.
 */
package org.offerstorm.sinks.expiry;
