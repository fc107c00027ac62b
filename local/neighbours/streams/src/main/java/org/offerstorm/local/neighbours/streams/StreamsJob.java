package org.offerstorm.local.neighbours.streams;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;
import org.offerstorm.local.neighbours.Workload;

/** Runs the application; prints what {@link org.offerstorm.local.neighbours.DoneCount#report} says. */
public final class StreamsJob {
    private static final int COMMIT_MILLIS = 1_000;

    private StreamsJob() {}

    /**
     * Runs until nobody reads its output, or the application fails.
     *
     * @param args a configuration file, then settings {@code KEY=VALUE}
     */
    public static void main(String[] args) throws IOException {
        Workload work = Workload.of(args);
        KafkaStreams streams = new KafkaStreams(topology(work), properties(work));
        streams.setUncaughtExceptionHandler(failure -> {
            failure.printStackTrace();
            Runtime.getRuntime().halt(1);
            throw new AssertionError("halted");
        });
        streams.start();
        work.done().report();
    }

    private static Topology topology(Workload work) {
        return new Topology()
                .addSource(
                        "offers",
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer(),
                        work.source().topic())
                .addProcessor(
                        "pipeline",
                        new ProcessorSupplier<byte[], byte[], Void, Void>() {
                            @Override
                            public Processor<byte[], byte[], Void, Void> get() {
                                return new OfferProcessor(work);
                            }

                            @Override
                            public Set<StoreBuilder<?>> stores() {
                                return Set.of(new BeforeCommit.Builder());
                            }
                        },
                        "offers");
    }

    private static Properties properties(Workload work) throws IOException {
        Properties properties = new Properties();
        work.consumerProperties().forEach((name, value) -> properties.put(StreamsConfig.consumerPrefix(name), value));
        properties.remove(StreamsConfig.consumerPrefix(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG));
        properties.put(
                StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, work.config().source().bootstrapServers());
        properties.put(
                StreamsConfig.APPLICATION_ID_CONFIG, work.config().source().group());
        properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        // As the consumer's own, which Streams compares.
        properties.put(StreamsConfig.ENABLE_METRICS_PUSH_CONFIG, false);
        properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, work.threads());
        properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, COMMIT_MILLIS);
        properties.put(
                StreamsConfig.STATE_DIR_CONFIG,
                Files.createTempDirectory("offerstorm-streams").toString());
        return properties;
    }
}
