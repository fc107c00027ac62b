package org.offerstorm.ingest.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.apache.kafka.common.errors.TimeoutException;
import org.offerstorm.core.config.SourceConfig;
import org.offerstorm.ingest.kafka.Keyed.Answered;
import org.offerstorm.ingest.kafka.Keyed.Away;
import org.offerstorm.ingest.kafka.Keyed.OtherRequest;
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
    private static final Logger log = LoggerFactory.getLogger(KeyedWriter.class);
    private static final String AWAY = "Kafka did not confirm the request";
    private static final Outage BUSY = new Outage(Outage.Kind.NOT_SENT, "too many requests wait");

    private final String topic;
    private final KafkaLink link;
    private final KeyedTransactions transactions;
    private final KeptAnswers answers = new KeptAnswers();
    private final BlockingQueue<KeyedRequest> queue = new ArrayBlockingQueue<>(MOST_WAITING);
    /** Of each key the request that is on its way. */
    private final Map<String, KeyedRequest> open = new ConcurrentHashMap<>();

    private final Thread thread = new Thread(this::run, "ingest-keyed");
    private volatile boolean ended;

    private KeyedWriter(SourceConfig source, KafkaLink link) {
        this.topic = source.topic();
        this.link = link;
        this.transactions = new KeyedTransactions(source, link);
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
            finish(submission, new Away(BUSY));
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
                write(group, System.nanoTime() + PATIENCE.toNanos());
            }
        } catch (InterruptedException e) {
            log.debug("The writer ends");
        } finally {
            ended = true; // also after an error
            group.addAll(queue);
            group.forEach(submission -> finish(submission, new Away(Outage.ENDED)));
            transactions.drop();
        }
    }

    private static int add(List<KeyedRequest> group, KeyedRequest submission) {
        group.add(submission);
        return submission.items.size();
    }

    /** @param deadline until which the id is taken back from other processes */
    private void write(List<KeyedRequest> group, long deadline) {
        IdentityHashMap<Sendable, Written> refused = new IdentityHashMap<>();
        int pause = SHORTEST_PAUSE_MILLIS;
        while (true) {
            int known = refused.size();
            try {
                transactions.open(answers);
                List<KeyedRequest> left = withoutAnswered(group);
                if (!left.isEmpty()) {
                    transactions.commit(left, refused).forEach((submission, answer) -> {
                        answers.put(submission.key, answer);
                        finish(submission, new Answered(answer.answer(), false));
                    });
                }
                return;
            } catch (RuntimeException | ExecutionException e) {
                if (!WriteFailures.mayBeOfOne(e) || !transactions.abort()) {
                    transactions.drop();
                }
                if (refused.size() > known) {
                    continue; // without what Kafka does not take
                }
                if (WriteFailures.isFenced(e) && System.nanoTime() < deadline) {
                    log.debug("Another process took over; taking the transactional id back");
                    if (pause(pause)) {
                        pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
                        continue;
                    }
                }
                if (group.size() > 1 && WriteFailures.mayBeOfOne(e)) {
                    log.warn("{} requests were not confirmed together, trying each: {}", group.size(), e.toString());
                    group.forEach(each -> write(List.of(each), deadline));
                } else {
                    fail(group, e);
                }
                return;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                transactions.drop();
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

    private void fail(List<KeyedRequest> group, Exception why) {
        log.warn("Requests with an idempotency key were not confirmed: {}", why.toString());
        if (WriteFailures.has(why, TimeoutException.class)) { // and not one right that is missing
            link.failed(AWAY);
        }
        Outage outage = WriteFailures.outage(why, topic, AWAY);
        group.forEach(submission -> finish(submission, new Away(outage)));
    }

    private void finish(KeyedRequest submission, Keyed outcome) {
        open.remove(submission.key, submission);
        submission.outcome.complete(outcome);
    }
}
