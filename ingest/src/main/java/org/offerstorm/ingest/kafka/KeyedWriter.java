package org.offerstorm.ingest.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.offerstorm.core.config.SourceConfig;
import org.offerstorm.ingest.kafka.Keyed.Answered;
import org.offerstorm.ingest.kafka.Keyed.Away;
import org.offerstorm.ingest.kafka.Keyed.OtherRequest;
import org.offerstorm.ingest.kafka.Written.Stored;
import org.offerstorm.ingest.kafka.Written.TooLarge;
import org.offerstorm.ingest.offers.CheckedItem.Sendable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes requests that have an idempotency key: the records and the answer in one transaction, so a retry finds the answer or
 * writes the records, also after a crash, and also at another process.
 *
 * <p>All processes of a stream have one transactional id. Who opens it ends the writer before, and then reads the answers up to
 * their end; a writer that was ended cannot commit, so none ever writes without knowing all answers. Requests that wait
 * are committed together; if that fails for another reason than that Kafka is away, each is tried by itself. Processes that
 * take the id from each other pause for random times, so that each gets on. Any thread submits; one thread writes.
 */
public final class KeyedWriter implements AutoCloseable {
    /** Beyond it requests are refused. */
    private static final int MOST_WAITING = 64;

    private static final int MOST_RECORDS = 5_000;
    /** For taking the id back from other processes. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private static final int SHORTEST_PAUSE_MILLIS = 50;
    private static final int LONGEST_PAUSE_MILLIS = 1_000;
    private static final int TRANSACTION_MILLIS = 20_000;
    private static final int OPEN_MILLIS = 8_000;
    private static final Logger log = LoggerFactory.getLogger(KeyedWriter.class);
    private static final String AWAY = "Kafka did not confirm the request";

    private final SourceConfig source;
    private final KafkaLink link;
    private final String transactionalId;
    private final AnswersTopic topic;
    private final KeptAnswers answers = new KeptAnswers();
    private final BlockingQueue<KeyedRequest> queue = new ArrayBlockingQueue<>(MOST_WAITING);
    /** Of each key the request that is on its way. */
    private final Map<String, KeyedRequest> open = new ConcurrentHashMap<>();

    private final Thread thread = new Thread(this::run, "ingest-keyed");
    /** Null while there is none; used by the thread alone. */
    private KafkaProducer<byte[], byte[]> producer;

    private volatile boolean ended;

    private KeyedWriter(SourceConfig source, KafkaLink link) {
        this.source = source;
        this.link = link;
        this.transactionalId = "offerstorm.ingest." + source.topic(); // the answers belong to the topic, too
        this.topic = new AnswersTopic(source);
        thread.setDaemon(true);
    }

    /** Starts the thread; it connects with the first request. */
    public static KeyedWriter start(SourceConfig source, KafkaLink link) {
        KeyedWriter writer = new KeyedWriter(source, link);
        writer.thread.start();
        return writer;
    }

    /**
     * Writes the items, unless a request with the key was answered before; of two at a time one writes.
     *
     * @param key with the sender's name, of whom it is
     * @param fingerprint SHA-256 of what is asked
     * @param answer makes the answer of what became of the items, in their order; any thread
     */
    public CompletableFuture<Keyed> submit(
            String key, byte[] fingerprint, List<Sendable> items, Function<List<Written>, HttpAnswer> answer) {
        Keyed known = known(key, fingerprint);
        if (known != null) {
            return CompletableFuture.completedFuture(known);
        }
        KeyedRequest submission = new KeyedRequest(key, fingerprint, items, answer);
        KeyedRequest first = open.putIfAbsent(key, submission);
        if (first != null) {
            return Arrays.equals(first.fingerprint, fingerprint)
                    ? first.outcome.thenApply(
                            outcome -> outcome instanceof Answered done ? new Answered(done.answer(), true) : outcome)
                    : CompletableFuture.completedFuture(new OtherRequest());
        }
        if (ended || !queue.offer(submission)) {
            finish(submission, new Away("too many requests wait"));
        }
        return submission.outcome;
    }

    /** Answers that are kept. */
    public int kept() {
        return answers.size();
    }

    @Override
    public void close() {
        ended = true;
        thread.interrupt();
    }

    private Keyed known(String key, byte[] fingerprint) {
        KeptAnswer kept = answers.get(key, System.currentTimeMillis());
        if (kept == null) {
            return null;
        }
        return Arrays.equals(kept.fingerprint(), fingerprint) ? new Answered(kept.answer(), true) : new OtherRequest();
    }

    private void run() {
        List<KeyedRequest> group = new ArrayList<>();
        try {
            while (!ended) {
                group.clear();
                int records = add(group, queue.take());
                for (KeyedRequest next = queue.peek();
                        next != null && records + next.items.size() <= MOST_RECORDS;
                        next = queue.peek()) {
                    records += add(group, queue.take());
                }
                write(group);
            }
        } catch (InterruptedException e) {
            log.debug("The writer ends");
        } finally {
            ended = true; // also after an error
            group.addAll(queue);
            group.forEach(submission -> finish(submission, new Away("the server ends")));
            drop();
        }
    }

    private static int add(List<KeyedRequest> group, KeyedRequest submission) {
        group.add(submission);
        return submission.items.size();
    }

    private void write(List<KeyedRequest> group) {
        Set<Sendable> tooLarge = Collections.newSetFromMap(new IdentityHashMap<>());
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        int pause = SHORTEST_PAUSE_MILLIS;
        while (true) {
            int known = tooLarge.size();
            try {
                connect();
                List<KeyedRequest> left = withoutAnswered(group);
                if (!left.isEmpty()) {
                    commit(left, tooLarge);
                }
                return;
            } catch (RuntimeException | ExecutionException e) {
                drop();
                if (tooLarge.size() > known) {
                    continue; // without what Kafka does not take
                }
                if (isFenced(e) && System.nanoTime() < deadline) {
                    log.debug("Another process took over {}; taking it back", transactionalId);
                    if (pause(pause)) {
                        pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
                        continue;
                    }
                }
                if (group.size() > 1 && mayBeOfOne(e)) {
                    log.warn("{} requests were not confirmed together, trying each: {}", group.size(), e.toString());
                    group.forEach(each -> write(List.of(each)));
                } else {
                    fail(group, e);
                }
                return;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                drop();
                fail(group, e);
                return;
            }
        }
    }

    /** Whether the time passed. */
    private static boolean pause(int atMost) {
        try {
            Thread.sleep(1L + ThreadLocalRandom.current().nextInt(atMost));
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Not an outage, and not a right that is missing: another try would end in the same way. */
    private static boolean mayBeOfOne(Throwable failure) {
        return !isFenced(failure)
                && !has(failure, TimeoutException.class)
                && !has(failure, AuthorizationException.class)
                && !has(failure, AuthenticationException.class);
    }

    private static boolean isFenced(Throwable failure) {
        return has(failure, ProducerFencedException.class) || has(failure, InvalidProducerEpochException.class);
    }

    private static boolean has(Throwable failure, Class<? extends Exception> kind) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (kind.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }

    private void connect() {
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

    /** Those that have no answer yet. What was read when the connection was opened may have some. */
    private List<KeyedRequest> withoutAnswered(List<KeyedRequest> group) {
        List<KeyedRequest> left = new ArrayList<>();
        for (KeyedRequest submission : group) {
            Keyed known = known(submission.key, submission.fingerprint);
            if (known == null) {
                left.add(submission);
            } else {
                finish(submission, known);
            }
        }
        return left;
    }

    /** @param tooLarge items that Kafka did not take, to which those are added that it does not take now */
    private void commit(List<KeyedRequest> group, Set<Sendable> tooLarge)
            throws ExecutionException, InterruptedException {
        int limit = link.state().largestRecord();
        producer.beginTransaction();
        List<List<Future<RecordMetadata>>> sent = new ArrayList<>();
        for (KeyedRequest submission : group) {
            List<Future<RecordMetadata>> futures = new ArrayList<>();
            for (Sendable item : submission.items) {
                boolean isTooLarge = item.bytes() + WriterSettings.OVERHEAD > limit || tooLarge.contains(item);
                futures.add(isTooLarge ? null : send(item, tooLarge));
            }
            sent.add(futures);
        }
        producer.flush();
        Map<KeyedRequest, KeptAnswer> made = new HashMap<>();
        long now = System.currentTimeMillis();
        List<Future<RecordMetadata>> kept = new ArrayList<>();
        for (int i = 0; i < group.size(); i++) {
            KeyedRequest submission = group.get(i);
            List<Written> written = new ArrayList<>();
            for (int j = 0; j < submission.items.size(); j++) {
                Future<RecordMetadata> future = sent.get(i).get(j);
                if (future == null) {
                    written.add(new TooLarge(limit));
                } else {
                    RecordMetadata at = get(future, submission.items.get(j), tooLarge);
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
        made.forEach((submission, answer) -> {
            answers.put(submission.key, answer);
            finish(submission, new Answered(answer.answer(), false));
        });
    }

    private Future<RecordMetadata> send(Sendable item, Set<Sendable> tooLarge)
            throws ExecutionException, InterruptedException {
        Future<RecordMetadata> future = producer.send(new ProducerRecord<>(source.topic(), item.key(), item.value()));
        if (future.isDone()) { // no metadata, or no room: the next ones would only wait in turn
            RecordMetadata unused = get(future, item, tooLarge);
        }
        return future;
    }

    private static RecordMetadata get(Future<RecordMetadata> future, Sendable item, Set<Sendable> tooLarge)
            throws ExecutionException, InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (has(e, RecordTooLargeException.class)) {
                tooLarge.add(item);
            }
            throw e;
        }
    }

    /** The open transaction, if there is one, is ended by who opens the id next. */
    private void drop() {
        if (producer != null) {
            producer.close(Duration.ZERO);
            producer = null;
        }
    }

    private void fail(List<KeyedRequest> group, Exception why) {
        log.warn("Requests with an idempotency key were not confirmed: {}", why.toString());
        if (has(why, TimeoutException.class)) { // and not one right that is missing
            link.failed(AWAY);
        }
        group.forEach(submission -> finish(submission, new Away(AWAY)));
    }

    private void finish(KeyedRequest submission, Keyed outcome) {
        open.remove(submission.key, submission);
        submission.outcome.complete(outcome);
    }
}
