package org.offerstorm.sinks.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.offerstorm.core.secret.Secrets;

/** Properties of a consumer that belongs to no group and reads a topic up to a known end. */
public final class ReaderProperties {
    /**
     * For how long a broker keeps a fetch that it has no records for. A reader that is at the end asks for more in the
     * background, and neither seeks nor closes before that is answered: with Kafka's 500 ms each command took half a
     * second longer.
     */
    private static final int FETCH_MAX_WAIT_MILLIS = 20;

    private ReaderProperties() {}

    /**
     * A new map, which may be changed.
     *
     * @param configured of any of Kafka's clients; what is a consumer's is taken over, secrets are resolved
     * @param isolation {@code read_committed} or {@code read_uncommitted}
     * @param patience how long a call may take, and twice as long as one request
     */
    public static Map<String, Object> of(
            Map<String, String> configured, String servers, String isolation, Duration patience) {
        Map<String, Object> properties = new HashMap<>(Secrets.resolve(configured));
        properties.keySet().retainAll(ConsumerConfig.configNames());
        properties.keySet().removeIf(name -> name.startsWith("group."));
        properties.remove(ConsumerConfig.CLIENT_ID_CONFIG);
        int millis = (int) Math.min(patience.toMillis(), Integer.MAX_VALUE);
        properties.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, servers);
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation);
        properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_MAX_WAIT_MILLIS);
        properties.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, millis);
        properties.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.max(1, millis / 2));
        properties.put(ConsumerConfig.ENABLE_METRICS_PUSH_CONFIG, false);
        return properties;
    }
}
