package org.offerstorm.spouts;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.MDC;

/** This JVM: its clocks, Kafka's clients, and a daemon thread for each duty cycle. */
enum JvmHost implements SpoutHost {
    INSTANCE;

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public long currentTimeMillis() {
        return System.currentTimeMillis();
    }

    @Override
    public Consumer<byte[], byte[]> consumer(Map<String, Object> properties) {
        return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    @Override
    public TopicLookup topics(Map<String, Object> properties) {
        return new AdminLookup(Admin.create(ConsumerProperties.admin(properties)));
    }

    @Override
    public Started start(String name, DutyCycle cycle) {
        CountDownLatch stop = new CountDownLatch(1);
        Map<String, String> fields = MDC.getCopyOfContextMap(); // of log lines
        Thread thread = new Thread(
                () -> {
                    MDC.setContextMap(fields == null ? Map.of() : fields);
                    run(cycle, stop);
                },
                name);
        thread.setDaemon(true);
        thread.start();
        return patience -> {
            stop.countDown();
            try {
                thread.join(patience.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            if (thread.isAlive()) {
                thread.interrupt();
                return false;
            }
            return true;
        };
    }

    private static void run(DutyCycle cycle, CountDownLatch stop) {
        try {
            while (stop.getCount() > 0) {
                stop.await(cycle.turn(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            cycle.end();
        }
    }

    private record AdminLookup(Admin admin) implements TopicLookup {
        @Override
        public KafkaFuture<TopicDescription> describe(String topic) {
            return admin.describeTopics(List.of(topic)).topicNameValues().get(topic);
        }

        @Override
        public KafkaFuture<Map<TopicPartition, Long>> ends(Collection<TopicPartition> partitions) {
            return admin.listOffsets(
                            partitions.stream()
                                    .collect(
                                            Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest())),
                            new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                    .all()
                    .thenApply(found -> found.entrySet().stream()
                            .collect(Collectors.toMap(
                                    Map.Entry::getKey, end -> end.getValue().offset())));
        }

        @Override
        public KafkaFuture<Map<TopicPartition, OffsetAndMetadata>> committed(String group) {
            return admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata();
        }

        @Override
        public void close() {
            admin.close(Duration.ZERO);
        }
    }
}
