/**
 * From a file to the topic: readers that stream records out of files of any length, also compressed, and the producer that
 * sends them. What the formats are is described in docs/input.md and docs/mapping.md.
 *
 * <pre>
 *   offers as docs/input.md has them:
 *   file or stdin ─▶ InputSource ─▶ NdjsonReader | CsvReader ─▶ OfferProducer ─▶ topic
 *                    (gzip, format)   (records, skipped lines)
 *   any data, with a mapping:
 *   file or stdin ─▶ RecordFile ─▶ CsvRecords | LineRecords | JsonRecords
 *                    (gzip, Zstandard, encoding, format)
 * </pre>
 *
 * <p>Invariant: every line of a file is sent, or reported with its number; none is dropped silently.
 */
package org.offerstorm.tools.produce;
