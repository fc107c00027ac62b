package org.offerstorm.tools.produce;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.offerstorm.core.check.Listening;

/**
 * Sends offers to the topic: by Kafka's own partitioning of the key, so that corrections follow their offer; idempotent
 * and confirmed by all replicas, so that nothing is lost or doubled by a retry. Sending a file again is harmless: each
 * record corrects its offer to the same values. One thread.
 */
public final class OfferProducer implements AutoCloseable {
    private static final int DELIVERY_TIMEOUT_MILLIS = 30_000;
    private static final int REQUEST_TIMEOUT_MILLIS = 10_000;
    private static final int MAX_REQUEST_BYTES = 4 << 20; // the broker's limit decides, not the client's 1 MB
    private static final int PROGRESS_EVERY = 500;
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    /** How much longer a broker may take that listens: on a busy machine it is only slow. */
    private static final Duration BUSY = Duration.ofSeconds(24);

    /** How much longer than its delivery time-out the client may take to report. */
    private static final Duration GRACE = Duration.ofSeconds(3);

    private final ProducerSettings settings;
    private final KafkaProducer<byte[], byte[]> kafka;
    private final Duration answerLimit;

    private OfferProducer(ProducerSettings settings, KafkaProducer<byte[], byte[]> kafka, Duration answerLimit) {
        this.settings = settings;
        this.kafka = kafka;
        this.answerLimit = answerLimit;
    }

    /**
     * Connects, and makes sure that the topic is there: a topic that the broker made up by itself would have the wrong
     * settings.
     *
     * @throws KafkaUnreachable if no broker answers within the time-out, or the topic does not exist
     */
    public static OfferProducer connect(ProducerSettings settings) throws KafkaUnreachable {
        topic(settings);
        Map<String, Object> config = new HashMap<>();
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        config.put(ProducerConfig.LINGER_MS_CONFIG, 20);
        config.put(ProducerConfig.BATCH_SIZE_CONFIG, 128 << 10);
        config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_REQUEST_BYTES);
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_TIMEOUT_MILLIS);
        config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT_MILLIS);
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, DELIVERY_TIMEOUT_MILLIS);
        config.putAll(settings.properties());
        config.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
        try {
            KafkaProducer<byte[], byte[]> kafka =
                    new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
            // The client has seen that it is a number.
            String delivery =
                    config.get(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG).toString();
            return new OfferProducer(settings, kafka, GRACE.plusMillis(Integer.parseInt(delivery.trim())));
        } catch (KafkaException e) {
            throw unreachable(settings, e);
        }
    }

    public ProduceResult produce(RecordReader reader) throws KafkaUnreachable {
        return produce(reader, records -> {});
    }

    /**
     * Sends all records of the reader, and waits until the last is confirmed. May be called again, for another reader.
     *
     * @param progress receives now and then how many records were handed to the client so far
     * @return what was confirmed, also where the reader could not go on
     * @throws KafkaUnreachable if records were not confirmed within the delivery time-out (30 s) and 3 s: the
     *     brokers went away
     */
    public ProduceResult produce(RecordReader reader, LongConsumer progress) throws KafkaUnreachable {
        Pacer pacer = new Pacer(settings.perSecond());
        Tally tally = new Tally();
        String stopped = null;
        long handed = 0;
        try {
            for (Input input = reader.next(); input != null && tally.failure() == null; input = reader.next()) {
                if (input instanceof Input.Skipped skipped) {
                    tally.skip(skipped);
                } else {
                    pacer.await();
                    send((Input.Item) input, tally);
                    handed = tally.handed(answerLimit);
                    if (handed % PROGRESS_EVERY == 0) {
                        progress.accept(handed);
                    }
                }
            }
        } catch (IOException e) {
            stopped = e.getMessage() == null ? e.toString() : e.getMessage();
        }
        tally.awaitAnswers(answerLimit);
        progress.accept(handed);
        if (tally.failure() != null) {
            throw tally.unreachable(settings);
        }
        return tally.result(stopped);
    }

    /** Does not throw; waits a few seconds at most. */
    @Override
    public void close() {
        kafka.close(CLOSE_TIMEOUT);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the callback has the answer
    private void send(Input.Item item, Tally tally) {
        try {
            kafka.send(
                    new ProducerRecord<>(settings.topic(), item.key(), item.value()),
                    (metadata, failure) -> tally.answer(item.line(), item.isDeletion(), metadata, failure));
        } catch (KafkaException e) {
            tally.answer(item.line(), item.isDeletion(), null, e);
        }
    }

    /**
     * The topic: its id and its partitions.
     *
     * @throws KafkaUnreachable if no broker answers within the time-out, and 24 s more if one listens, or the topic does not
     *     exist
     */
    public static TopicDescription topic(ProducerSettings settings) throws KafkaUnreachable {
        return topic(settings, BUSY);
    }

    /** @param busy how much longer a broker may take that listens */
    static TopicDescription topic(ProducerSettings settings, Duration busy) throws KafkaUnreachable {
        Duration first = settings.connectTimeout();
        Duration all = first.plus(busy);
        Map<String, Object> config = new HashMap<>(settings.properties());
        config.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
        // Longer than what is waited for here, so that what ends first is known.
        int timeout = Math.toIntExact(2 * all.toMillis());
        config.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, timeout);
        config.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, timeout);
        try {
            Admin admin = Admin.create(config);
            try {
                KafkaFuture<Map<String, TopicDescription>> answer =
                        admin.describeTopics(List.of(settings.topic())).allTopicNames();
                return answer(answer, settings.bootstrapServers(), first, busy).get(settings.topic());
            } finally {
                admin.close(Duration.ZERO); // without waiting for an answer that may never come
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                throw new KafkaUnreachable(
                        "topic " + settings.topic() + " does not exist at " + settings.bootstrapServers()
                                + "; create it, or name another with --topic",
                        e.getCause());
            }
            throw unreachable(settings, e.getCause());
        } catch (TimeoutException e) {
            throw new KafkaUnreachable(
                    "Kafka at " + settings.bootstrapServers() + " listens, but did not answer within " + all.toSeconds()
                            + " s: it hangs, or this machine or its own is too busy; see its log",
                    e);
        } catch (KafkaException e) {
            throw unreachable(settings, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreachable(settings, e);
        }
    }

    /**
     * Waits for a first time, and a second one if a broker listens.
     *
     * @throws KafkaException if nobody listens
     * @throws TimeoutException if somebody does, and does not answer
     */
    private static <T> T answer(KafkaFuture<T> answer, String servers, Duration first, Duration busy)
            throws ExecutionException, InterruptedException, TimeoutException {
        try {
            return answer.get(first.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            if (!Listening.any(servers)) {
                throw new KafkaException("no answer", e);
            }
            return answer.get(busy.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private static KafkaUnreachable unreachable(ProducerSettings settings, Throwable cause) {
        Throwable deepest =
                cause.getCause() == null || cause.getCause().getMessage() == null ? cause : cause.getCause();
        return new KafkaUnreachable(
                "no Kafka at " + settings.bootstrapServers() + ": " + deepest.getMessage()
                        + "; is it running, and is the address right (--bootstrap-servers)?",
                cause);
    }
}
