package org.offerstorm.dashboard.storage;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.core.sink.SinkKind;
import org.offerstorm.core.sink.StatisticsReader;
import org.offerstorm.dashboard.day.Day;
import org.offerstorm.dashboard.live.Connection;
import org.offerstorm.sinks.changes.Changes;
import org.offerstorm.sinks.changes.ChangesConfig;
import org.offerstorm.tools.setup.TopicSizes;
import org.offerstorm.tools.setup.TopicSizes.Topic;

/**
 * Asks Kafka and each configured store once a minute how much it holds, those that it costs little four times as often. Redis
 * is known to be away as soon as the reader of the table gets no answer. Any thread may call it.
 */
public final class Storage implements AutoCloseable {
    /** Between two questions to a store. */
    public static final Duration PAUSE = Duration.ofSeconds(60);

    private static final String REDIS = "redis";
    private static final int CHEAP = 4;

    private final List<StoreProbe> probes;
    private final Day day;
    private final Supplier<Connection> redis;

    private Storage(List<StoreProbe> probes, Day day, Supplier<Connection> redis) {
        this.probes = List.copyOf(probes);
        this.day = day;
        this.redis = redis;
    }

    /**
     * Starts asking; waits for no store.
     *
     * @param pause between two questions to a store
     * @param redis whether Redis answers the reader of the table
     * @throws IllegalArgumentException if an address in the configuration cannot be used
     */
    public static Storage start(
            OfferstormConfig config, Duration pause, Day day, InstantSource clock, Supplier<Connection> redis) {
        List<StoreProbe> probes = new ArrayList<>();
        Asking asking = (name, title, reader) -> probes.add(
                new StoreProbe(name, title, reader, reader.isCheap() ? pause.dividedBy(CHEAP) : pause, day, clock));
        asking.of("kafka", "Kafka", topics(config));
        for (SinkKind<?> kind : config.sinks()) {
            config.bound(kind).statistics().ifPresent(reader -> asking.of(kind.name(), kind.title(), reader));
        }
        ChangesConfig changes = config.of(Changes.KIND);
        if (publishesElsewhere(config)) {
            asking.of(
                    Changes.KIND.name(),
                    Changes.KIND.title(),
                    new TopicSizes(
                            changes.servers(config),
                            changes.properties(),
                            Map.of(changes.topic(), new Topic("changes", "Changes of the table"))));
        }
        probes.forEach(StoreProbe::start);
        return new Storage(probes, day, redis);
    }

    /** Adds a store. */
    private interface Asking {
        void of(String name, String title, StatisticsReader reader);
    }

    private static boolean publishesElsewhere(OfferstormConfig config) {
        return config.sinks().contains(Changes.KIND)
                && !config.of(Changes.KIND).servers(config).equals(config.bootstrapServers());
    }

    private static StatisticsReader topics(OfferstormConfig config) {
        Map<String, Topic> topics = new LinkedHashMap<>();
        topics.put(config.source().topic(), new Topic("offers", "Offers"));
        topics.put(config.deadLetters().topic(), new Topic("dead_letters", "Dead letters"));
        if (config.sinks().contains(Changes.KIND) && !publishesElsewhere(config)) {
            topics.put(config.of(Changes.KIND).topic(), new Topic("changes", "Changes of the table"));
        }
        return new TopicSizes(config.bootstrapServers(), config.source().properties(), topics);
    }

    /** Every store, Kafka first. */
    public List<StoreView> stores() {
        Connection link = redis.get();
        return probes.stream()
                .map(StoreProbe::view)
                .map(store -> link.away() && store.name().equals(REDIS) ? store.away(link.since()) : store)
                .toList();
    }

    /** The history of the stores' figures. */
    public Day day() {
        return day;
    }

    /** Offers by their state, {@code live}, {@code deleted} and {@code unknown} (live, without a known continent). */
    public Map<String, Long> offers() {
        Map<String, Long> offers = new LinkedHashMap<>();
        for (StoreView store : stores()) {
            if (store.name().equals(REDIS)) {
                for (String state : List.of("live", "deleted", "unknown")) {
                    OptionalLong value = store.figure("offers_" + state);
                    value.ifPresent(number -> offers.put(state, number));
                }
            }
        }
        return offers;
    }

    /** Does not wait for answers that are on their way. */
    @Override
    public void close() {
        probes.forEach(StoreProbe::close);
    }
}
