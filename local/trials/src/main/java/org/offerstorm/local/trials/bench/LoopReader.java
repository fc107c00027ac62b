package org.offerstorm.local.trials.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.offerstorm.core.config.SourceConfig;
import org.offerstorm.core.model.Chunk;
import org.offerstorm.core.model.ChunkHeader;
import org.offerstorm.core.model.OffsetRange;
import org.offerstorm.core.model.Source;
import org.offerstorm.core.model.SourcePosition;
import org.offerstorm.core.model.SourceRecord;
import org.offerstorm.spouts.ConsumerProperties;

/** The plain loop's first step: polls the topic from its beginning and cuts chunks. One thread. */
final class LoopReader {
    private static final int CHUNK = 1_000;
    private static final Duration POLL = Duration.ofMillis(100);

    private final SourceConfig config;
    private final BlockingQueue<Chunk<SourceRecord>> chunks;

    LoopReader(SourceConfig config, BlockingQueue<Chunk<SourceRecord>> chunks) {
        this.config = config;
        this.chunks = chunks;
    }

    void run() throws InterruptedException {
        Map<String, Object> properties = new HashMap<>(ConsumerProperties.DEFAULTS);
        properties.putAll(config.properties());
        properties.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers());
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(config.topic()).stream()
                    .map(each -> new TopicPartition(each.topic(), each.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Source source = new Source(config.topic(), "AAAAAAAAAAAAAAAAAAAAAA", config.epoch(), partitions.size());
            while (true) {
                ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
                for (TopicPartition partition : records.partitions()) {
                    cut(source, partition.partition(), records.records(partition));
                }
            }
        }
    }

    private void cut(Source source, int partition, List<ConsumerRecord<byte[], byte[]>> records)
            throws InterruptedException {
        for (int from = 0; from < records.size(); from += CHUNK) {
            int to = Math.min(records.size(), from + CHUNK);
            List<SourceRecord> items = new ArrayList<>(to - from);
            for (ConsumerRecord<byte[], byte[]> each : records.subList(from, to)) {
                items.add(new SourceRecord(
                        new SourcePosition(partition, each.offset(), each.timestamp()), each.key(), each.value()));
            }
            long first = records.get(from).offset();
            long next = records.get(to - 1).offset() + 1;
            OffsetRange range = new OffsetRange(partition, first, next, first == 0);
            chunks.put(new Chunk<>(new ChunkHeader(source, 0, 1, List.of(range), List.of(), false), items));
        }
    }
}
