package org.offerstorm.ingest.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.offerstorm.core.config.SourceConfig;
import org.offerstorm.ingest.kafka.Written.Stored;
import org.offerstorm.ingest.kafka.Written.TooLarge;
import org.offerstorm.ingest.kafka.Written.Unconfirmed;
import org.offerstorm.ingest.offers.CheckedItem.Sendable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Transactions of records and the answers to their senders, under one transactional id for all processes of a stream. Used by
 * one thread.
 */
final class KeyedTransactions {
    private static final int TRANSACTION_MILLIS = 20_000;
    private static final int OPEN_MILLIS = 8_000;
    private static final Logger log = LoggerFactory.getLogger(KeyedTransactions.class);

    private final SourceConfig source;
    private final KafkaLink link;
    private final String transactionalId;
    private final AnswersTopic topic;
    /** Null while there is none. */
    private KafkaProducer<byte[], byte[]> producer;

    KeyedTransactions(SourceConfig source, KafkaLink link) {
        this.source = source;
        this.link = link;
        this.transactionalId = id(source.topic());
        this.topic = new AnswersTopic(source);
    }

    /** The transactional id; one for each topic, because the answers belong to the topic, too. */
    static String id(String topic) {
        return "offerstorm.ingest." + topic;
    }

    /** Opens the id, which ends the writer before, and reads the answers up to their end; does nothing if that was done. */
    void open(KeptAnswers answers) {
        if (producer != null) {
            return;
        }
        Map<String, Object> settings = new HashMap<>(WriterSettings.of(source));
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
        settings.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_MILLIS);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, OPEN_MILLIS);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        producer.initTransactions();
        topic.readInto(answers);
    }

    /**
     * Commits records and answers, all of them or none.
     *
     * @param refused items that Kafka did not take, to which those are added that it does not take now
     */
    Map<KeyedRequest, KeptAnswer> commit(List<KeyedRequest> group, IdentityHashMap<Sendable, Written> refused)
            throws ExecutionException, InterruptedException {
        int limit = link.state().largestRecord();
        producer.beginTransaction();
        List<List<Future<RecordMetadata>>> sent = new ArrayList<>();
        for (KeyedRequest submission : group) {
            List<Future<RecordMetadata>> futures = new ArrayList<>();
            for (Sendable item : submission.items) {
                boolean isRefused = item.bytes() + WriterSettings.OVERHEAD > limit || refused.containsKey(item);
                futures.add(isRefused ? null : send(item, refused));
            }
            sent.add(futures);
        }
        producer.flush();
        checkAll(group, sent, refused);
        Map<KeyedRequest, KeptAnswer> made = new HashMap<>();
        long now = System.currentTimeMillis();
        List<Future<RecordMetadata>> kept = new ArrayList<>();
        for (int i = 0; i < group.size(); i++) {
            KeyedRequest submission = group.get(i);
            List<Written> written = new ArrayList<>();
            for (int j = 0; j < submission.items.size(); j++) {
                Future<RecordMetadata> future = sent.get(i).get(j);
                if (future == null) {
                    written.add(refused.getOrDefault(submission.items.get(j), new TooLarge(limit)));
                } else {
                    RecordMetadata at = future.get();
                    written.add(new Stored(at.partition(), at.offset()));
                }
            }
            KeptAnswer answer = KeptAnswer.of(submission.answer.apply(written), submission.fingerprint, now);
            made.put(submission, answer);
            kept.add(producer.send(new ProducerRecord<>(
                    topic.name(), submission.key.getBytes(StandardCharsets.UTF_8), answer.toBytes())));
        }
        producer.flush();
        for (Future<RecordMetadata> future : kept) {
            RecordMetadata unused = future.get();
        }
        producer.commitTransaction();
        return made;
    }

    private Future<RecordMetadata> send(Sendable item, IdentityHashMap<Sendable, Written> refused)
            throws ExecutionException, InterruptedException {
        Future<RecordMetadata> future = producer.send(new ProducerRecord<>(source.topic(), item.key(), item.value()));
        if (future.isDone()) { // no metadata, or no room: the next ones would only wait in turn
            check(future, item, refused);
        }
        return future;
    }

    /** Looks at each before it throws: those that follow a refused one fail, too, because the transaction does. */
    private void checkAll(
            List<KeyedRequest> group,
            List<List<Future<RecordMetadata>>> sent,
            IdentityHashMap<Sendable, Written> refused)
            throws ExecutionException, InterruptedException {
        ExecutionException first = null;
        for (int i = 0; i < group.size(); i++) {
            for (int j = 0; j < sent.get(i).size(); j++) {
                Future<RecordMetadata> future = sent.get(i).get(j);
                try {
                    if (future != null) {
                        check(future, group.get(i).items.get(j), refused);
                    }
                } catch (ExecutionException e) {
                    first = first == null ? e : first;
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }

    private void check(Future<RecordMetadata> future, Sendable item, IdentityHashMap<Sendable, Written> refused)
            throws ExecutionException, InterruptedException {
        try {
            RecordMetadata unused = future.get();
        } catch (ExecutionException e) {
            Written result =
                    WriteFailures.ofRecord(e, source.topic(), link.state().largestRecord());
            if (!(result instanceof Unconfirmed)) {
                refused.put(item, result);
            }
            throw e;
        }
    }

    /**
     * Ends the transaction at once: readers of committed records would wait for it.
     *
     * @return whether the producer can be used for the next one
     */
    boolean abort() {
        if (producer == null) {
            return false;
        }
        try {
            producer.abortTransaction();
            return true;
        } catch (RuntimeException e) {
            log.debug("The transaction is left to the next writer, or to the broker", e);
            return false;
        }
    }

    /** The open transaction, if there is one, is ended by who opens the id next, or by the broker after some seconds. */
    void drop() {
        if (producer != null) {
            producer.close(Duration.ZERO);
            producer = null;
        }
    }
}
