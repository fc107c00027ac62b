/**
 * The lake: a history of all offers on Spark and Iceberg, made in batches of what the stream has staged in HDFS.
 *
 * <p>It runs in a separate process, because Spark's libraries are not the product's.
 *
 * <p>Invariant: no class of Storm is used here, and no module of the product uses this one.
 */
package org.offerstorm.lake;
