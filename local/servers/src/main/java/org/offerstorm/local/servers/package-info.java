/**
 * Real servers for tests, the demo and trials: Kafka, Solr, HDFS and ZooKeeper in this JVM, Redis and PostgreSQL as
 * processes. Each
 * keeps its data in one directory, and a later start on it finds them again.
 *
 * <p>Invariant: every server listens only on 127.0.0.1, and of the project this module uses only core and Solr's
 * extension.
 */
package org.offerstorm.local.servers;
