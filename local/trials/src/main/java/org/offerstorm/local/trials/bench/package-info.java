/**
 * {@code offerstorm bench}: the topology on a real cluster, beside a plain consumer loop with the same parser, classifier
 * and sinks, in one run.
 */
package org.offerstorm.local.trials.bench;
