package org.offerstorm.ingest.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.offerstorm.core.config.SourceConfig;
import org.offerstorm.ingest.kafka.Written.Stored;
import org.offerstorm.ingest.kafka.Written.TooLarge;
import org.offerstorm.ingest.kafka.Written.Unconfirmed;
import org.offerstorm.ingest.offers.CheckedItem.Sendable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes items to the topic and waits until all replicas have them. A producer that broke, as after a login that Kafka refused,
 * is made again. Any thread; each waits for its own items.
 */
public final class PlainWriter implements AutoCloseable {
    private static final Duration GRACE = Duration.ofSeconds(3);
    private static final Logger log = LoggerFactory.getLogger(PlainWriter.class);

    private final String topic;
    private final KafkaLink link;
    private final RenewedProducer producers;
    /** What was logged; null after a record was confirmed. */
    private volatile String warned;

    /**
     * Does not connect.
     *
     * @throws KafkaException if no client can be made of the configuration
     */
    public PlainWriter(SourceConfig source, KafkaLink link) {
        this.topic = source.topic();
        this.link = link;
        this.producers = new RenewedProducer(WriterSettings.of(source));
    }

    /** What became of each, in their order. Waits 11 s at most. */
    public List<Written> write(List<Sendable> items) {
        KafkaProducer<byte[], byte[]> producer = producers.get();
        if (producer == null) {
            return Collections.nCopies(items.size(), new Unconfirmed(producers.problem()));
        }
        AtomicReferenceArray<Written> results = new AtomicReferenceArray<>(items.size());
        CountDownLatch open = new CountDownLatch(items.size());
        int limit = link.state().largestRecord();
        Written stopped = null;
        for (int i = 0; i < items.size(); i++) {
            if (stopped == null && items.get(i).bytes() + WriterSettings.OVERHEAD <= limit) {
                stopped = send(producer, items.get(i), i, limit, results, open);
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
            KafkaProducer<byte[], byte[]> producer,
            Sendable item,
            int index,
            int limit,
            AtomicReferenceArray<Written> results,
            CountDownLatch open) {
        try {
            producer.send(new ProducerRecord<>(topic, item.key(), item.value()), (metadata, failure) -> {
                // Also called when send() throws.
                Written result = failure == null
                        ? stored(metadata)
                        : failed(producer, failure, WriteFailures.endsProducer(failure), limit);
                if (results.compareAndSet(index, null, result)) {
                    open.countDown();
                }
            });
            // Without metadata or room it has failed by now, and the next ones would only wait in turn.
            return results.get(index) instanceof Unconfirmed unconfirmed ? unconfirmed : null;
        } catch (KafkaException | IllegalStateException e) { // the latter if it was closed
            boolean broken = !(e instanceof InterruptException) && !(e instanceof RecordTooLargeException);
            Written why = failed(producer, e, broken, limit);
            if (results.compareAndSet(index, null, why)) {
                open.countDown();
            }
            return why instanceof Unconfirmed ? why : null;
        }
    }

    private Written stored(RecordMetadata metadata) {
        if (warned != null) {
            warned = null;
        }
        return new Stored(metadata.partition(), metadata.offset());
    }

    private Written failed(KafkaProducer<byte[], byte[]> producer, Exception failure, boolean broken, int limit) {
        Written result = WriteFailures.ofRecord(failure, topic, limit);
        if (result instanceof Unconfirmed unconfirmed) {
            log(unconfirmed.outage(), failure);
            if (broken) {
                producers.broke(producer, unconfirmed.outage(), failure);
            } else if (unconfirmed.outage().kind() == Outage.Kind.UNKNOWN && producers.current() == producer) {
                link.failed("Kafka did not confirm a record");
            }
        }
        return result;
    }

    /** A refusal comes again with each record, so it is a warning only once. */
    private void log(Outage outage, Exception failure) {
        if (outage.kind() == Outage.Kind.OPERATOR && !outage.why().equals(warned)) {
            warned = outage.why();
            log.warn("{} ({})", outage.why(), failure.toString());
        } else {
            log.debug("A record was not confirmed", failure);
        }
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
            written.add(result == null ? new Unconfirmed(Outage.LATE) : result);
        }
        return written;
    }

    /** Bytes that wait to be sent, of those that the client may hold. */
    public long bufferedBytes() {
        KafkaProducer<byte[], byte[]> producer = producers.current();
        if (producer == null) {
            return 0;
        }
        return producer.metrics().entrySet().stream()
                .filter(metric -> metric.getKey().name().equals("buffer-total-bytes")
                        || metric.getKey().name().equals("buffer-available-bytes"))
                .mapToLong(metric -> (metric.getKey().name().equals("buffer-total-bytes") ? 1 : -1)
                        * ((Number) metric.getValue().metricValue()).longValue())
                .sum();
    }

    @Override
    public void close() {
        producers.close();
    }
}
