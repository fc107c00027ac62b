/**
 * Domain of Offerstorm: plain Java, without Storm and without the client of any server. The subpackages hold the model,
 * the parser, the continents and the contracts; this one holds the names that all modules share.
 *
 * <p>Invariant: no class of core uses Storm, Kafka, Solr, Hadoop, Redis or Avro.
 */
package org.offerstorm.core;
