package org.offerstorm.local.neighbours;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.core.config.SourceConfig;
import org.offerstorm.core.geo.Continents;
import org.offerstorm.core.model.Source;
import org.offerstorm.core.parse.OfferParser;
import org.offerstorm.core.parse.RecordParser;
import org.offerstorm.core.place.Placement;
import org.offerstorm.sinks.deadletter.KafkaDeadLetters;
import org.offerstorm.spouts.ConsumerProperties;
import org.offerstorm.tools.config.ConfigLoader;
import org.offerstorm.tools.config.ReferenceTable;

/**
 * What a process of a benchmark works with: the topic, the configuration, and the parts that every engine calls. For any
 * thread; what its methods make is for one thread each.
 */
public final class Workload {
    /** As many records as the topology's spout puts into a chunk. */
    static final int CHUNK = 1_000;

    private final OfferstormConfig config;
    private final Source source;
    private final int threads;
    private final Placement placement;
    private final DoneCount done = new DoneCount();
    private final StoreWriters stores;

    private Workload(OfferstormConfig config) {
        this.config = config;
        this.source = source(config.source());
        this.threads = Math.min(Runtime.getRuntime().availableProcessors(), source.partitions());
        this.placement = new Placement(ReferenceTable.of(config), Continents.load());
        this.stores = StoreWriters.start(config, threads);
    }

    /**
     * Reads the configuration, asks Kafka for the topic's partitions, and starts the threads of the sinks.
     *
     * @param args of the process: a configuration file, then settings {@code KEY=VALUE}
     */
    public static Workload of(String[] args) {
        List<String> words = List.of(args);
        return new Workload(ConfigLoader.resolve(List.of(Path.of(words.get(0))), words.subList(1, words.size()))
                .config());
    }

    public OfferstormConfig config() {
        return config;
    }

    /** The topic, with an id that no topic has: nothing here compares it. */
    public Source source() {
        return source;
    }

    /** One for each core, at most one for each partition: threads that read, parse and classify. */
    public int threads() {
        return threads;
    }

    public Placement placement() {
        return placement;
    }

    public DoneCount done() {
        return done;
    }

    public RecordParser parser() {
        return new OfferParser();
    }

    /**
     * Makes chunks of one slot.
     *
     * @param slot less than {@link #threads()}
     */
    public ChunkCutter cutter(int slot) {
        return new ChunkCutter(this, slot, handover());
    }

    public SentLetters letters() {
        return new SentLetters(
                KafkaDeadLetters.factory(config.source().bootstrapServers(), config.deadLetters())
                        .create(),
                done);
    }

    Handover handover() {
        return new Handover(stores, done);
    }

    /** The topology's consumer properties, without its deadlines; group and deserializers are missing. */
    public Map<String, Object> consumerProperties() {
        return consumerProperties(config.source());
    }

    private static Map<String, Object> consumerProperties(SourceConfig source) {
        Map<String, Object> properties = new HashMap<>(ConsumerProperties.DEFAULTS);
        // The topology repeats a call that took longer than 5 s; an engine may end.
        properties.remove(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG);
        properties.remove(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG);
        properties.putAll(source.properties());
        properties.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, source.bootstrapServers());
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        return properties;
    }

    private static Source source(SourceConfig config) {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                consumerProperties(config), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            return new Source(
                    config.topic(),
                    "AAAAAAAAAAAAAAAAAAAAAA",
                    config.epoch(),
                    consumer.partitionsFor(config.topic()).size());
        }
    }
}
