/**
 * {@code offerstorm bench}: the topology on a real cluster, compared in one run with other engines and a plain consumer
 * loop, which have the same parser, classifier and sinks.
 *
 * <p>Invariant: each run has its own consumer group and stores, so it starts with nothing.
 */
package org.offerstorm.local.trials.bench;
