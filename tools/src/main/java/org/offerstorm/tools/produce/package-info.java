/**
 * From a file to the topic: readers that stream records out of NDJSON and CSV files of any length, also compressed, and
 * the producer that sends them. What the formats are is described in docs/input.md.
 *
 * <pre>
 *   file or stdin ─▶ InputSource ─▶ NdjsonReader | CsvReader ─▶ OfferProducer ─▶ topic
 *                    (gzip, format)   (records, skipped lines)
 * </pre>
 *
 * <p>Invariant: every line of a file is sent, or reported with its number; none is dropped silently.
 */
package org.offerstorm.tools.produce;
