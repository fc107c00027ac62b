package org.offerstorm.local.trials.chaos;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.offerstorm.core.config.SourceConfig;
import org.offerstorm.core.reference.Professions;
import org.offerstorm.core.secret.Secrets;
import org.offerstorm.local.trials.chaos.freshness.Markers;
import org.offerstorm.tools.generate.Event;
import org.offerstorm.tools.generate.Mix;
import org.offerstorm.tools.generate.OfferGenerator;
import org.offerstorm.tools.generate.Profile;

/**
 * Produces generated offers at a given rate on its own thread, no matter what happens to the brokers: records that they cannot take
 * now wait, and when 64 MiB wait, the thread waits, too. Any thread may call the other methods.
 */
final class Load implements AutoCloseable {
    /** New ones (returns among them) 70 %, corrections 20 %, deletions 5 %, bad ones 5 %. */
    private static final Mix MIX = new Mix(200, 50, 10, 50);

    private static final long BUFFER_BYTES = 64L << 20;
    private static final long PERIOD_NANOS = 10_000_000;
    private static final long NANOS = 1_000_000_000;
    /** Behind by more than this, it lets go what it could not send. */
    private static final long MOST_BEHIND_NANOS = NANOS;

    private static final Duration FLUSH = Duration.ofMinutes(1);
    /** Ids that need no escape anywhere. */
    private static final Pattern PLAIN = Pattern.compile("[a-z0-9-]+");

    private final String topic;
    private final int partitions;
    private final int rate;
    private final OfferGenerator generator;
    private final Function<Event, byte[]> values;
    private final KafkaProducer<byte[], byte[]> kafka;
    private final Thread thread = new Thread(this::run, "load");
    private final AtomicLong confirmed = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final Ledger ledger;
    private final CountBounds bounds;
    private final Map<Integer, Long> ends = new ConcurrentHashMap<>();
    private volatile Markers markers = new Markers(Long.MAX_VALUE, 1);
    private volatile boolean stopping;
    private volatile long handed;

    /**
     * Starts nothing yet.
     *
     * @param source where the brokers are
     * @param partitions of the topic
     * @param rate records a second
     * @param values makes a record's value of what was generated; null for a deletion
     * @param bounds learn what is produced
     */
    Load(
            SourceConfig source,
            int partitions,
            long seed,
            Professions professions,
            int rate,
            Function<Event, byte[]> values,
            CountBounds bounds) {
        this.values = values;
        this.bounds = bounds;
        this.ledger = new Ledger(source.topic());
        this.topic = source.topic();
        this.partitions = partitions;
        this.rate = rate;
        this.generator = new OfferGenerator(seed, professions, MIX, Profile.SPREAD);
        this.kafka = new KafkaProducer<>(settings(source), new ByteArraySerializer(), new ByteArraySerializer());
        thread.setDaemon(true);
    }

    private static Map<String, Object> settings(SourceConfig source) {
        Map<String, Object> settings = new HashMap<>(Secrets.resolve(source.properties()));
        settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, source.bootstrapServers());
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 10);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
        settings.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.MAX_VALUE);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, Long.MAX_VALUE);
        settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, BUFFER_BYTES);
        settings.put(ProducerConfig.ENABLE_METRICS_PUSH_CONFIG, false);
        return settings;
    }

    /** An offer as docs/input.md has it. */
    static byte[] asGenerated(Event event) {
        return event.kind() == Event.Kind.DELETION ? null : event.line().getBytes(StandardCharsets.UTF_8);
    }

    void start() {
        thread.start();
    }

    /** Looks for the first offers that are produced from now on. */
    Markers mark() {
        Markers next = new Markers(handed, partitions);
        markers = next;
        return next;
    }

    /** Records that the brokers have confirmed. */
    long confirmed() {
        return confirmed.get();
    }

    /** What the brokers have confirmed. */
    Ledger ledger() {
        return ledger;
    }

    /** Records of which it is not known whether the brokers have them. */
    long failed() {
        return failed.get();
    }

    /** Of each partition the offset after the last record that was confirmed. */
    Map<Integer, Long> ends() {
        return new HashMap<>(ends);
    }

    /** Ends the load, and waits until everything is confirmed, a minute at most. */
    void stop() throws InterruptedException {
        stopping = true;
        thread.interrupt();
        thread.join();
        kafka.close(FLUSH);
    }

    /** Ends at once, if it has not ended. */
    @Override
    public void close() {
        stopping = true;
        thread.interrupt();
        kafka.close(Duration.ZERO);
    }

    private void run() {
        long start = System.nanoTime();
        long sent = 0;
        try {
            while (!stopping) {
                long now = System.nanoTime();
                long due = (now - start) * rate / NANOS;
                if (due - sent > MOST_BEHIND_NANOS * rate / NANOS) {
                    start = now;
                    sent = 0;
                    due = rate / 100;
                }
                for (; sent < due && !stopping; sent++) {
                    send(generator.next());
                }
                LockSupport.parkNanos(PERIOD_NANOS);
            }
        } catch (InterruptException e) {
            return; // stopped while the client's buffer was full
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the callback has the answer
    private void send(Event event) {
        long number = handed;
        byte[] key = event.id().getBytes(StandardCharsets.UTF_8);
        byte[] value = values.apply(event);
        boolean marks =
                event.kind() == Event.Kind.INSERT && PLAIN.matcher(event.id()).matches();
        String id = marks ? event.id() : null;
        long hash = Ledger.hash(key, value);
        bounds.produced(event);
        try {
            kafka.send(
                    new ProducerRecord<>(topic, key, value),
                    (metadata, failure) -> answer(number, id, hash, metadata, failure));
        } catch (InterruptException e) {
            throw e;
        } catch (KafkaException e) {
            failed.incrementAndGet();
        }
        handed = number + 1;
    }

    private void answer(long number, String id, long hash, RecordMetadata metadata, Exception failure) {
        if (failure != null) {
            failed.incrementAndGet();
            return;
        }
        confirmed.incrementAndGet();
        if (!metadata.hasOffset()) {
            return; // a repetition whose first answer was lost: where it is, the broker does not say
        }
        ledger.confirmed(metadata.partition(), metadata.offset(), hash);
        ends.merge(metadata.partition(), metadata.offset() + 1, Math::max);
        if (id != null) {
            markers.offer(number, new Markers.Marker(metadata.partition(), metadata.offset(), id));
        }
    }
}
