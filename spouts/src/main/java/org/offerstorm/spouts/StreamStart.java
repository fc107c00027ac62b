package org.offerstorm.spouts;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.offerstorm.core.config.SourceConfig;
import org.offerstorm.core.model.Source;
import org.offerstorm.core.sink.CoverageReader;
import org.slf4j.helpers.NOPLogger;

/**
 * Where the spout would begin to read if it started now, by the spout's own rule and client; for the operator's checks.
 *
 * @param source the topic as it is now; null if there is none
 * @param offsets next offset to read of each partition
 * @param fresh whether the group has committed nothing, so that all begins at the log's start
 * @param holds why the spout would emit nothing; empty if it would read
 */
public record StreamStart(Source source, Map<Integer, Long> offsets, boolean fresh, List<String> holds) {
    private static final String CLIENT_ID = "offerstorm-check";

    /**
     * Asks Kafka and the coverage; changes nothing. Takes some seconds at most.
     *
     * @param sinks names of the sinks
     * @param coverage by the store's name; if one cannot be read, the start is reported as if it agreed
     * @throws IOException if Kafka cannot be asked
     */
    public static StreamStart of(SourceConfig config, Set<String> sinks, Map<String, CoverageReader.Factory> coverage)
            throws IOException {
        try (KafkaSession session = new KafkaSession(
                SpoutHost.JVM,
                config.topic(),
                config.epoch(),
                ConsumerProperties.resolved(ConsumerProperties.of(config), CLIENT_ID))) {
            Source source;
            try {
                source = session.describe();
            } catch (HoldException e) {
                return new StreamStart(null, Map.of(), true, List.of(e.getMessage()));
            }
            return of(session, source, new StartRule(source, config.group(), sinks), coverage);
        } catch (KafkaException | IllegalArgumentException e) {
            throw new IOException("Kafka at " + config.bootstrapServers() + ": " + e.getMessage(), e);
        }
    }

    private static StreamStart of(
            KafkaSession session, Source source, StartRule rule, Map<String, CoverageReader.Factory> coverage) {
        Function<Consumer<?, ?>, Set<TopicPartition>> all = consumer -> consumer.partitionsFor(source.topic()).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .collect(Collectors.toSet());
        List<Integer> partitions = session.assign(all);
        Map<Integer, StartRule.Commit> commits = session.committed();
        CoveredOffsets covered = read(coverage, source);
        Map<Integer, StartRule.LogBounds> bounds = session.bounds();
        Map<Integer, Long> offsets = new TreeMap<>();
        List<String> holds = new ArrayList<>();
        for (int partition : partitions) {
            try {
                Slot.Start start = rule.start(partition, commits.get(partition), bounds.get(partition), covered);
                offsets.put(partition, start.offset());
            } catch (HoldException e) {
                if (!holds.contains(e.getMessage())) { // most are the same for all partitions
                    holds.add(e.getMessage());
                }
            }
        }
        try {
            session.checkNotCut(rule.ours(commits));
        } catch (HoldException e) {
            holds.add(e.getMessage());
        }
        return new StreamStart(source, offsets, commits.isEmpty(), List.copyOf(holds));
    }

    private static CoveredOffsets read(Map<String, CoverageReader.Factory> factories, Source source) {
        // What cannot be asked is reported by the check of that store.
        try (StoreCoverage coverage =
                StoreCoverage.of(factories, new LogOnce(NOPLogger.NOP_LOGGER, System::nanoTime))) {
            return coverage.read(source);
        }
    }
}
