package org.offerstorm.local.servers.testing;

import static org.awaitility.Awaitility.await;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.offerstorm.core.config.SourceConfig;
import org.offerstorm.local.servers.EmbeddedKafka;
import org.offerstorm.local.servers.KafkaListener;

/** A real broker for tests, and what is done to it. */
public final class KafkaFixture implements AutoCloseable {
    private static final AtomicInteger TOPICS = new AtomicInteger();
    /** With a broker that hears of what was done; on a busy machine a moment is long. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Path directory;
    private final KafkaListener listener;
    private EmbeddedKafka kafka;
    private Admin admin;
    private Producer<byte[], byte[]> producer;

    public KafkaFixture(Path directory) throws Exception {
        this(directory, null);
    }

    /** One with a second listener; null: the open one alone. */
    public KafkaFixture(Path directory, KafkaListener listener) throws Exception {
        this.directory = directory;
        this.listener = listener;
        start(0);
    }

    public String servers() {
        return kafka.bootstrapServers();
    }

    public Admin admin() {
        return admin;
    }

    /** Stops the broker; clients of the spout find nobody at its address. */
    public int stop() {
        int port = kafka.port();
        close();
        return port;
    }

    public void start(int port) throws Exception {
        kafka = EmbeddedKafka.start(directory, port, listener);
        Map<String, Object> settings = Map.of("bootstrap.servers", kafka.bootstrapServers());
        admin = Admin.create(settings);
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "linger.ms", 5),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** A new topic for one test. */
    public SourceConfig newTopic(int partitions) throws Exception {
        String topic = "offers-" + TOPICS.incrementAndGet();
        create(topic, partitions);
        return new SourceConfig(servers(), topic, "group-of-" + topic, 1, Map.of());
    }

    /** A topic of offers, with the settings that set-up gives it. */
    public void create(String topic, int partitions) throws Exception {
        create(
                topic,
                partitions,
                Map.of(
                        TopicConfig.CLEANUP_POLICY_CONFIG, "delete",
                        TopicConfig.RETENTION_MS_CONFIG, "-1",
                        TopicConfig.RETENTION_BYTES_CONFIG, "-1",
                        TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime"));
    }

    /** A topic of dead letters. */
    public void createDeadLetters(String topic, int maxMessageBytes) throws Exception {
        create(
                topic,
                1,
                Map.of(
                        TopicConfig.CLEANUP_POLICY_CONFIG,
                        "compact",
                        TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                        Integer.toString(maxMessageBytes)));
    }

    private void create(String topic, int partitions, Map<String, String> settings) throws Exception {
        create(admin, topic, partitions, settings);
    }

    /**
     * A topic with these settings, once every partition answers. The broker hears of a new topic a little later than the
     * one who made it: until then a client finds none, and may refuse to begin.
     */
    public static void create(Admin admin, String topic, int partitions, Map<String, String> settings)
            throws Exception {
        Uuid id = admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1).configs(settings)))
                .topicId(topic)
                .get();
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        for (int partition = 0; partition < partitions; partition++) {
            ends.put(new TopicPartition(topic, partition), OffsetSpec.latest());
        }
        await().atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(ExecutionException.class)
                // Not one of the same name that was deleted: the broker hears of that later as well.
                .until(() -> id.equals(idOf(admin, topic))
                        && admin.listOffsets(ends).all().get().values().stream().allMatch(end -> end.offset() == 0));
    }

    private static Uuid idOf(Admin admin, String topic) throws Exception {
        return admin.describeTopics(List.of(topic))
                .topicNameValues()
                .get(topic)
                .get()
                .topicId();
    }

    /**
     * Waits until readers of committed records see all of the topic: the broker ends a transaction a little after its writer
     * has the answer. Returns after a minute if a test leaves one open.
     */
    public void settle(String topic, int partitions) {
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        for (int partition = 0; partition < partitions; partition++) {
            latest.put(new TopicPartition(topic, partition), OffsetSpec.latest());
        }
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline
                && !ends(latest, IsolationLevel.READ_COMMITTED).equals(ends(latest, IsolationLevel.READ_UNCOMMITTED))) {
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    private Map<TopicPartition, Long> ends(Map<TopicPartition, OffsetSpec> latest, IsolationLevel level) {
        Map<TopicPartition, Long> ends = new HashMap<>();
        try {
            admin.listOffsets(latest, new ListOffsetsOptions(level))
                    .all()
                    .get()
                    .forEach((partition, end) -> ends.put(partition, end.offset()));
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("the test's Kafka does not answer", e);
        }
        return ends;
    }

    public void addPartitions(String topic, int partitions) throws Exception {
        admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(partitions)))
                .all()
                .get();
    }

    /**
     * Deletes the topic and creates it again. The broker hears of the deletion a little later than the one who asked for it:
     * until then it takes records for the topic that was, and they are lost.
     */
    public void recreate(String topic, int partitions) throws Exception {
        admin.deleteTopics(List.of(topic)).all().get();
        await().atMost(PATIENCE).until(() -> !admin.listTopics().names().get().contains(topic));
        create(topic, partitions);
    }

    /** Produces numbered records: {@code from} to {@code next - 1}, one after another over the partitions. */
    public void produce(SourceConfig source, int partitions, int from, int next) throws Exception {
        send(producer, source, partitions, from, next, 0);
    }

    /** The same of records of {@code bytes}, with any producer; returns when all are in the log. */
    public static void send(
            Producer<byte[], byte[]> producer, SourceConfig source, int partitions, int from, int next, int bytes)
            throws Exception {
        List<Future<?>> sent = new ArrayList<>();
        for (int i = from; i < next; i++) {
            sent.add(producer.send(record(source, i % partitions, i, bytes)));
        }
        producer.flush();
        for (Future<?> record : sent) {
            record.get();
        }
    }

    /** A record whose value is its number, filled up to {@code bytes}. */
    public static ProducerRecord<byte[], byte[]> record(SourceConfig source, int partition, int number, int bytes) {
        String value = String.format("%-" + Math.max(1, bytes) + "s", Integer.toString(number));
        return new ProducerRecord<>(
                source.topic(),
                partition,
                Integer.toString(number).getBytes(StandardCharsets.UTF_8),
                value.getBytes(StandardCharsets.UTF_8));
    }

    public Producer<byte[], byte[]> producer() {
        return producer;
    }

    public Producer<byte[], byte[]> transactional(String id) {
        Producer<byte[], byte[]> transactional = new KafkaProducer<>(
                Map.of("bootstrap.servers", servers(), "transactional.id", id),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        transactional.initTransactions();
        return transactional;
    }

    /**
     * Stops the broker, cuts the log's tail off as a power cut does that comes before the disk has it, and starts the
     * broker again at its port. What was sent in one batch is cut together.
     *
     * @param offset of the first record that is lost
     */
    public void loseTail(SourceConfig source, int partition, long offset) throws Exception {
        int port = stop();
        Path log = directory.resolve(source.topic() + "-" + partition).resolve("00000000000000000000.log");
        try (FileChannel file = FileChannel.open(log, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer header = ByteBuffer.allocate(Long.BYTES + Integer.BYTES);
            long at = 0;
            while (file.read(header.clear(), at) == header.capacity() && header.getLong(0) < offset) {
                at += header.capacity() + header.getInt(Long.BYTES);
            }
            file.truncate(at);
        }
        Files.deleteIfExists(directory.resolve(".kafka_cleanshutdown")); // so that the broker looks at the log again
        start(port);
    }

    public void deleteRecordsBelow(SourceConfig source, int partition, long offset) throws Exception {
        admin.deleteRecords(Map.of(new TopicPartition(source.topic(), partition), RecordsToDelete.beforeOffset(offset)))
                .all()
                .get();
    }

    public void alter(String topic, Map<String, String> settings) throws Exception {
        admin.incrementalAlterConfigs(Map.of(
                        new ConfigResource(ConfigResource.Type.TOPIC, topic),
                        settings.entrySet().stream()
                                .map(setting -> new AlterConfigOp(
                                        new ConfigEntry(setting.getKey(), setting.getValue()),
                                        AlterConfigOp.OpType.SET))
                                .toList()))
                .all()
                .get();
        // The controller has it; the broker that is asked hears of it a little later.
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        await().atMost(PATIENCE).until(() -> {
            var now = admin.describeConfigs(List.of(resource))
                    .values()
                    .get(resource)
                    .get();
            return settings.entrySet().stream().allMatch(setting -> setting.getValue()
                    .equals(now.get(setting.getKey()).value()));
        });
    }

    public Map<Integer, OffsetAndMetadata> committed(SourceConfig source) throws Exception {
        return admin.listConsumerGroupOffsets(source.group()).partitionsToOffsetAndMetadata().get().entrySet().stream()
                .collect(Collectors.toMap(entry -> entry.getKey().partition(), Map.Entry::getValue));
    }

    public Optional<Long> committed(SourceConfig source, int partition) throws Exception {
        return Optional.ofNullable(committed(source).get(partition)).map(OffsetAndMetadata::offset);
    }

    /** What an operator does with kafka-consumer-groups. */
    public void resetOffset(SourceConfig source, int partition, long offset) throws Exception {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        offsets.put(new TopicPartition(source.topic(), partition), new OffsetAndMetadata(offset));
        admin.alterConsumerGroupOffsets(source.group(), offsets).all().get();
    }

    @Override
    public void close() {
        producer.close(Duration.ZERO);
        admin.close(Duration.ZERO);
        kafka.close();
    }
}
