package org.offerstorm.spouts;

import java.io.Serializable;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;

/** What a spout takes from its surroundings: time, connections to Kafka, and somebody who runs its poller. */
public interface SpoutHost extends Serializable {
    /** This JVM: its clocks, Kafka's clients, a thread. */
    SpoutHost JVM = JvmHost.INSTANCE;

    /** A duty cycle that was started. */
    @FunctionalInterface
    interface Started {
        /**
         * Asks it to end, and waits for that.
         *
         * @return whether it has ended
         */
        boolean stop(Duration patience);
    }

    /** Monotonic time. */
    long nanoTime();

    /** Wall clock. */
    long currentTimeMillis();

    /** A consumer that is not connected yet; called by the poller. */
    Consumer<byte[], byte[]> consumer(Map<String, Object> properties);

    /** A client that is not connected yet; called by the poller. */
    TopicLookup topics(Map<String, Object> properties);

    /** Runs the turns until it is stopped. */
    Started start(String name, DutyCycle cycle);
}
