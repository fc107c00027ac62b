/**
 * The Kafka end of the topology.
 *
 * <pre>
 *   poller thread: Kafka consumer ── records ──▶ Slot (buffer, floors) ── cut ──▶ OfferSpout (executor thread) ──▶ chunks
 *        ▲                                        │    ▲                              │
 *        └──── floors: commit, compare ───────────┘    └──────── acked ranges ────────┘
 * </pre>
 *
 * A broker outage stays in the poller thread: {@code nextTuple} then just finds nothing to cut.
 */
package org.offerstorm.spouts;
