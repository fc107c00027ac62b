/**
 * Takes offers over HTTP into the topic; {@link org.offerstorm.ingest.Ingest} puts the parts together.
 *
 * <p>Invariant: an offer is answered as stored only after all replicas of the topic have it.
 */
package org.offerstorm.ingest;
