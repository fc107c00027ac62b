/**
 * Writes offers to a Solr core (conf/solr/offers) and reads the table category × continent from it.
 *
 * <pre>
 *   Chunk ─▶ SolrSink ─▶ greeting: source's identity, update log replayed?      (SourceGuard)
 *                     ─▶ one javabin request for the chunk                      (SolrCore)
 *                          200: fsynced, older versions ignored by the server
 *                          400: halves, down to the lone document               (Progress)
 *                                 refused, the probe accepted, refused again → rejected
 *                          all else → Retryable
 * </pre>
 *
 * <p>A live offer is one document, a deleted one a tombstone with {@code deleted=true}. Two more documents are the
 * sink's own, under blank ids, which no offer can have: the source's identity, and for each task the probe. They are
 * marked deleted, so whoever reads through {@code /select} sees live offers alone.
 *
 * <p>Invariant: a document is rejected only if the probe was accepted after it and it was refused again; every other
 * failure is an outage.
 */
package org.offerstorm.sinks.solr;
