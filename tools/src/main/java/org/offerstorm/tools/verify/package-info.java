/**
 * Compares what the sinks hold with what the topic says.
 *
 * <pre>
 *   Baseline        what the lake left of records that were deleted ▶ Fold
 *   TopicReader ──▶ Rules, ExpectedCells ▶ Fold ──┬─ RedisComparison    state and counters
 *   every record    verdict, continent     expected ├─ SolrComparison     documents
 *   of the log      by plain code                   ├─ HdfsComparison     rows and their directories
 *                                                   └─ LetterComparison   dead letters
 *                                                            └──▶ Anomalies ──▶ TextReport, JsonReport
 * </pre>
 *
 * <p>Nothing here uses the pipeline's parser of offers, its chunks, its cells or the order in which it does things: a
 * mistake made there must show here. A mapping, though, is applied by the pipeline's own parser, in
 * {@link org.offerstorm.tools.verify.MappedRules} alone. docs/verify.md lists what is shared.
 *
 * <p>Invariant: of a stream without mapping this package shares no parser with the pipeline: but for {@code MappedRules},
 * nothing here uses {@code core.parse}, and nothing uses chunks, bolts or a sink's writer.
 */
package org.offerstorm.tools.verify;
