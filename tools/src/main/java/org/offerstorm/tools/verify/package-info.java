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
 * there must show here. docs/verify.md says what is shared all the same.
 */
package org.offerstorm.tools.verify;
