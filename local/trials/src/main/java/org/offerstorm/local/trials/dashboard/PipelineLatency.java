package org.offerstorm.local.trials.dashboard;

import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.offerstorm.core.check.Failure;
import org.offerstorm.core.config.SourceConfig;

/** How long an offer takes from the producer to a viewer of a running dashboard, through the whole pipeline. */
final class PipelineLatency {
    private static final String ID = "latency-";

    private PipelineLatency() {}

    /**
     * Sends offers one by one, each as soon as the one before was seen, and withdraws them afterwards.
     *
     * @param url of the dashboard, with a slash at its end
     * @return microseconds, sorted
     */
    static List<Long> measure(SourceConfig source, String url, int count) throws InterruptedException {
        LinkedBlockingQueue<String> updates = new LinkedBlockingQueue<>();
        LoadViewer viewer = LoadViewer.open(HttpClient.newHttpClient(), url, update -> {
            var unused = updates.offer(update);
        });
        List<Long> micros = new ArrayList<>();
        try (KafkaProducer<byte[], byte[]> producer = producer(source)) {
            Thread.sleep(1_000);
            for (int i = 0; i < count; i++) {
                long start = System.nanoTime();
                send(producer, source, i, "{\"id\":\"" + ID + i + "\",\"name\":\"latency\"}");
                if (updates.poll(30, TimeUnit.SECONDS) == null) {
                    throw Failure.unreachable(
                            "offer " + i + " did not reach " + url + " within 30 s; is the topology running, and the"
                                    + " stream free of other offers? "
                                    + viewer.arrivals().size()
                                    + " offers did",
                            null);
                }
                micros.add((System.nanoTime() - start) / 1_000);
                Thread.sleep(137 + 29 * (i % 7)); // not in step with anything
            }
            for (int i = 0; i < count; i++) {
                send(producer, source, i, null);
            }
        }
        Collections.sort(micros);
        return micros;
    }

    private static void send(KafkaProducer<byte[], byte[]> producer, SourceConfig source, int i, String offer) {
        var unused = producer.send(new ProducerRecord<>(
                source.topic(),
                (ID + i).getBytes(StandardCharsets.UTF_8),
                offer == null ? null : offer.getBytes(StandardCharsets.UTF_8)));
    }

    private static KafkaProducer<byte[], byte[]> producer(SourceConfig source) {
        return new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        source.bootstrapServers(),
                        ProducerConfig.ACKS_CONFIG,
                        "all"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }
}
