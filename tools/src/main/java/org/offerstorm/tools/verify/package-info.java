/**
 * Compares what the sinks hold with what the topic says.
 *
 * <pre>
 *   TopicReader ──▶ InputRules, Places ──▶ Fold ──┬─ RedisComparison    state and counters
 *   every record    verdict, continent     expected ├─ SolrComparison     documents
 *   of the log      by plain code                   ├─ HdfsComparison     rows and their directories
 *                                                   └─ LetterComparison   dead letters
 *                                                            └──▶ Anomalies ──▶ TextReport, JsonReport
 * </pre>
 *
 * <p>Nothing here uses the pipeline's parser, its chunks, its cells or the order in which it does things: a mistake made
 * there must show here. docs/verify.md lists what is shared.
 *
 * <p>Invariant: this package shares no parser with the pipeline: nothing here uses {@code core.parse}, chunks, bolts or
 * a sink's writer.
 */
package org.offerstorm.tools.verify;
