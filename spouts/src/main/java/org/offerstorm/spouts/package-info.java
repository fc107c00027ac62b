/**
 * The Kafka end of the topology.
 *
 * <pre>
 *   poller thread: Kafka consumer ── records ──▶ Slot (buffer, floors) ── cut ──▶ OfferSpout (executor thread) ──▶ chunks
 *        ▲                                        │    ▲                              │
 *        └──── floors: commit, compare ───────────┘    └──────── acked ranges ────────┘
 * </pre>
 *
 * <pre>
 *   Poller ── a KafkaSession at a time ─┬─ StartPositions   assign, start rule, seek
 *                                       ├─ Fetcher          records into the slot, gaps
 *                                       └─ Upkeep           identity, Committer, CoverageComparison, lag
 * </pre>
 *
 * A broker outage stays in the poller thread: {@code nextTuple} then just finds nothing to cut.
 *
 * <p>Invariant: the committed offset never passes a record that is not acked, and only the poller thread talks to
 * Kafka.
 */
package org.offerstorm.spouts;
