package org.offerstorm.local.trials.bench;

import java.util.Map;

/**
 * Everything at one moment.
 *
 * @param nanos of {@link System#nanoTime()}
 * @param reading what the contender reports
 * @param cpu seconds by process: {@code worker}, {@code kafka}, {@code solr}, {@code hdfs}, {@code redis}, {@code storm}
 * @param memory resident bytes of the worker
 */
record Sample(long nanos, Contender.Reading reading, Map<String, Double> cpu, long memory) {}
