package org.offerstorm.ingest.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.offerstorm.core.config.SourceConfig;
import org.offerstorm.ingest.kafka.Written.Stored;
import org.offerstorm.ingest.kafka.Written.TooLarge;
import org.offerstorm.ingest.kafka.Written.Unconfirmed;
import org.offerstorm.ingest.offers.CheckedItem.Sendable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes items to the topic and waits until all replicas have them. Any thread; each waits for its own items. */
public final class PlainWriter implements AutoCloseable {
    private static final Duration GRACE = Duration.ofSeconds(3);
    private static final Duration CLOSE = Duration.ofSeconds(3);
    private static final Logger log = LoggerFactory.getLogger(PlainWriter.class);

    private final String topic;
    private final KafkaLink link;
    private final KafkaProducer<byte[], byte[]> producer;

    /**
     * Does not connect.
     *
     * @throws KafkaException if no client can be made of the configuration
     */
    public PlainWriter(SourceConfig source, KafkaLink link) {
        this.topic = source.topic();
        this.link = link;
        this.producer =
                new KafkaProducer<>(WriterSettings.of(source), new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** What became of each, in their order. Waits 11 s at most. */
    public List<Written> write(List<Sendable> items) {
        AtomicReferenceArray<Written> results = new AtomicReferenceArray<>(items.size());
        CountDownLatch open = new CountDownLatch(items.size());
        int limit = link.state().largestRecord();
        Written stopped = null;
        for (int i = 0; i < items.size(); i++) {
            if (stopped == null && items.get(i).bytes() + WriterSettings.OVERHEAD <= limit) {
                stopped = send(items.get(i), i, limit, results, open);
            } else {
                results.set(i, stopped == null ? new TooLarge(limit) : stopped);
                open.countDown();
            }
        }
        return await(results, open);
    }

    /** Null if it is on its way; else why this and no later item can be sent. */
    @SuppressWarnings("FutureReturnValueIgnored") // the callback has the answer
    private Written send(
            Sendable item, int index, int limit, AtomicReferenceArray<Written> results, CountDownLatch open) {
        try {
            producer.send(new ProducerRecord<>(topic, item.key(), item.value()), (metadata, failure) -> {
                // Also called when send() throws.
                if (results.compareAndSet(index, null, result(metadata, failure, limit))) {
                    open.countDown();
                }
            });
            // Without metadata or room it has failed by now, and the next ones would only wait in turn.
            return results.get(index) instanceof Unconfirmed unconfirmed ? unconfirmed : null;
        } catch (KafkaException e) {
            Written why = result(null, e, limit);
            if (results.compareAndSet(index, null, why)) {
                open.countDown();
            }
            return why instanceof TooLarge ? null : why;
        }
    }

    private Written result(RecordMetadata metadata, Exception failure, int limit) {
        if (failure == null) {
            return new Stored(metadata.partition(), metadata.offset());
        }
        if (failure instanceof RecordTooLargeException) {
            return new TooLarge(limit);
        }
        log.debug("A record was not confirmed", failure);
        link.failed("Kafka did not confirm a record");
        return new Unconfirmed("Kafka did not confirm the record");
    }

    private static List<Written> await(AtomicReferenceArray<Written> results, CountDownLatch open) {
        try {
            boolean unused = open.await(WriterSettings.DELIVERY.plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        List<Written> written = new ArrayList<>(results.length());
        for (int i = 0; i < results.length(); i++) {
            Written result = results.get(i);
            written.add(result == null ? new Unconfirmed("Kafka did not answer in time") : result);
        }
        return written;
    }

    /** Bytes that wait to be sent, of those that the client may hold. */
    public long bufferedBytes() {
        return producer.metrics().entrySet().stream()
                .filter(metric -> metric.getKey().name().equals("buffer-total-bytes")
                        || metric.getKey().name().equals("buffer-available-bytes"))
                .mapToLong(metric -> (metric.getKey().name().equals("buffer-total-bytes") ? 1 : -1)
                        * ((Number) metric.getValue().metricValue()).longValue())
                .sum();
    }

    @Override
    public void close() {
        producer.close(CLOSE);
    }
}
