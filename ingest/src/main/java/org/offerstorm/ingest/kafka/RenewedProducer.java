package org.offerstorm.ingest.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A producer that is made at the first request, and again at the next one after it broke. There is one at a time, and a pause
 * after each that broke: a broken one asks Kafka for its id without pausing. Any thread, the producer's own too.
 */
final class RenewedProducer implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration CLOSE = Duration.ofSeconds(3);
    private static final Logger log = LoggerFactory.getLogger(RenewedProducer.class);

    private final Map<String, Object> settings;
    /** Null while there is none. */
    private KafkaProducer<byte[], byte[]> current;
    /** Why there is none; null before the first. */
    private Outage problem;

    private long notBefore = System.nanoTime();
    private boolean closed;

    /**
     * Makes none yet.
     *
     * @throws KafkaException if the settings are not those of a producer
     */
    RenewedProducer(Map<String, Object> settings) {
        this.settings = new HashMap<>(settings);
        this.settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        this.settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        ProducerConfig unused = new ProducerConfig(this.settings); // says at the start what is wrong with them
    }

    /** The producer; null while there is none, and {@link #problem} says why. */
    synchronized KafkaProducer<byte[], byte[]> get() {
        if (current == null && !closed && System.nanoTime() - notBefore >= 0) {
            try {
                current = new KafkaProducer<>(settings);
            } catch (KafkaException e) {
                log.warn("No producer can be made", e);
                pause(new Outage(
                        Outage.Kind.OPERATOR, "no connection to Kafka can be made; the server's log has the reason"));
            }
        }
        return current;
    }

    /** Why there is no producer. */
    synchronized Outage problem() {
        return problem == null || closed ? new Outage(Outage.Kind.NOT_SENT, "the server ends") : problem;
    }

    /** The one that is there now; null if there is none. */
    synchronized KafkaProducer<byte[], byte[]> current() {
        return current;
    }

    /** Ends the producer, unless that was done; records that it still has fail. */
    void broke(KafkaProducer<byte[], byte[]> producer, Outage why, Throwable cause) {
        synchronized (this) {
            if (producer != current) {
                return;
            }
            current = null;
            pause(why);
        }
        log.warn("The producer broke and is made again at the next request: {}", cause.toString());
        // Not under the lock: it waits for the producer's thread, whose callbacks come here.
        producer.close(Duration.ZERO);
    }

    private void pause(Outage why) {
        problem = why;
        notBefore = System.nanoTime() + PAUSE.toNanos();
    }

    @Override
    public void close() {
        KafkaProducer<byte[], byte[]> last;
        synchronized (this) {
            closed = true;
            last = current;
            current = null;
        }
        if (last != null) {
            last.close(CLOSE);
        }
    }
}
