package org.offerstorm.tools.setup;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.offerstorm.sinks.deadletter.KafkaDeadLetters;
import org.offerstorm.tools.terminal.Pause;

/**
 * Creates the topics of offers and of dead letters. A topic that exists is never changed: each difference is reported,
 * with the command that fixes it. Used by one thread.
 */
public final class KafkaTopics implements AutoCloseable {
    /** Name of the one {@link Difference#setting} that is no setting of a topic. */
    public static final String PARTITIONS = "number of partitions";

    private static final Duration POLL = Duration.ofMillis(20);

    private final String bootstrapServers;
    private final Duration leaders;
    private final KafkaAdmin admin;

    /**
     * What was found or made.
     *
     * @param created whether it was made now
     * @param partitions how many it has
     * @param differences empty if all is as it must be
     */
    public record Outcome(String topic, boolean created, int partitions, List<Difference> differences) {
        public Outcome {
            differences = List.copyOf(differences);
        }

        /** What it is like if nothing differs. */
        String summary() {
            return partitions + (partitions == 1 ? " partition" : " partitions") + ", settings as they must be";
        }

        /** One line for each difference, for the person at the terminal. */
        public String describe() {
            StringBuilder text = new StringBuilder("topic ").append(topic);
            text.append(created ? " created" : differences.isEmpty() ? " is as it must be" : " differs:");
            differences.forEach(difference -> text.append("\n  ").append(difference.describe()));
            return text.toString();
        }
    }

    /**
     * A setting of an existing topic that will not do.
     *
     * @param fix what to do, or the command that does it
     */
    public record Difference(String setting, String is, String mustBe, String why, String fix) {
        /** What is wrong, and why it matters. */
        String problem() {
            return setting + " is " + is + ", must be " + mustBe + " (" + why + ")";
        }

        String describe() {
            return problem() + ": " + fix;
        }
    }

    private record Rule(String setting, String value, String why) {}

    private static final String WHOLE =
            "what expires may be in no store yet, nor in the lake, from which lost counters are"
                    + " made again; 'lake trim' deletes only what is";

    private static final List<Rule> OFFERS = List.of(
            new Rule(TopicConfig.CLEANUP_POLICY_CONFIG, "delete", "compaction drops offsets that must be counted"),
            new Rule(TopicConfig.RETENTION_MS_CONFIG, "-1", WHOLE),
            new Rule(TopicConfig.RETENTION_BYTES_CONFIG, "-1", WHOLE),
            new Rule(
                    TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
                    "LogAppendTime",
                    "files go by the day on which the broker took the record"));

    private static final Rule DEAD_LETTERS =
            new Rule(TopicConfig.CLEANUP_POLICY_CONFIG, "compact", "replayed letters collapse, and none expires");

    /**
     * Connects at the first call.
     *
     * @param properties further Kafka client properties; secrets in them are resolved here
     * @throws IOException if the address or a property is wrong
     */
    public KafkaTopics(String bootstrapServers, Map<String, String> properties) throws IOException {
        this(bootstrapServers, properties, KafkaAdmin.PATIENCE);
    }

    /**
     * As {@link #KafkaTopics(String, Map)}.
     *
     * @param patience of each request while Kafka listens
     */
    public KafkaTopics(String bootstrapServers, Map<String, String> properties, Duration patience) throws IOException {
        this.bootstrapServers = bootstrapServers;
        this.leaders = patience;
        admin = new KafkaAdmin(bootstrapServers, properties, patience);
    }

    /**
     * The topic of offers with {@code partitions} partitions.
     *
     * @throws IOException if Kafka does not answer within some seconds
     * @throws org.apache.kafka.common.KafkaException if it refuses
     */
    public Outcome offers(String topic, int partitions) throws IOException {
        return prepare(topic, partitions, partitions, OFFERS, 0);
    }

    /**
     * The topic of offers with any number of partitions, if it exists, unless {@code required} says which.
     *
     * @param initial partitions of a topic that is made now and that {@code required} says nothing of
     * @param required 0 if any number will do
     */
    Outcome offers(String topic, int initial, int required) throws IOException {
        return prepare(topic, required > 0 ? required : initial, required, OFFERS, 0);
    }

    /**
     * The topic of dead letters, one partition. It takes any record of the offers' topic together with its headers.
     *
     * @param offersTopic must exist
     * @throws IOException if Kafka does not answer within some seconds
     * @throws org.apache.kafka.common.KafkaException if it refuses
     */
    public Outcome deadLetters(String topic, String offersTopic) throws IOException {
        return prepare(topic, 1, 0, List.of(DEAD_LETTERS), largestLetter(offersTopic));
    }

    /**
     * What differs of the topic of offers; makes nothing, and takes any number of partitions.
     *
     * @return nothing if there is no such topic
     */
    Optional<Outcome> inspectOffers(String topic) throws IOException {
        return inspect(topic, OFFERS, 0);
    }

    /** As {@link #inspectOffers} of the topic of dead letters; {@code offersTopic} must exist. */
    Optional<Outcome> inspectDeadLetters(String topic, String offersTopic) throws IOException {
        return inspect(topic, List.of(DEAD_LETTERS), largestLetter(offersTopic));
    }

    @Override
    public void close() {
        admin.close();
    }

    private long largestLetter(String offersTopic) throws IOException {
        return Long.parseLong(setting(config(offersTopic), TopicConfig.MAX_MESSAGE_BYTES_CONFIG))
                + KafkaDeadLetters.HEADROOM_BYTES;
    }

    private Optional<Outcome> inspect(String topic, List<Rule> rules, long maxMessageBytes) throws IOException {
        Optional<TopicDescription> known = find(topic);
        return known.isEmpty()
                ? Optional.empty()
                : Optional.of(new Outcome(
                        topic,
                        false,
                        known.get().partitions().size(),
                        settingsThatDiffer(topic, rules, maxMessageBytes)));
    }

    /**
     * @param initial partitions of a topic that is made now
     * @param required 0 if their number does not matter
     * @param maxMessageBytes 0 if it does not matter
     */
    private Outcome prepare(String topic, int initial, int required, List<Rule> rules, long maxMessageBytes)
            throws IOException {
        Optional<TopicDescription> known = find(topic);
        if (known.isEmpty() && create(topic, initial, rules, maxMessageBytes)) {
            return new Outcome(topic, true, initial, List.of());
        }
        TopicDescription description =
                known.isPresent() ? known.get() : find(topic).orElseThrow();
        List<Difference> differences = new ArrayList<>();
        int found = description.partitions().size();
        if (required > 0 && found != required) {
            differences.add(new Difference(
                    PARTITIONS,
                    Integer.toString(found),
                    Integer.toString(required),
                    "a key must keep its partition",
                    "never add partitions to a topic in use; set " + found + " in the configuration, or create a new"
                            + " topic and move there"));
        }
        differences.addAll(settingsThatDiffer(topic, rules, maxMessageBytes));
        return new Outcome(topic, false, found, differences);
    }

    private List<Difference> settingsThatDiffer(String topic, List<Rule> rules, long maxMessageBytes)
            throws IOException {
        List<Difference> differences = new ArrayList<>();
        Config config = config(topic);
        for (Rule rule : rules) {
            String is = setting(config, rule.setting());
            if (!is.equals(rule.value())) {
                differences.add(new Difference(
                        rule.setting(), is, rule.value(), rule.why(), command(topic, rule.setting(), rule.value())));
            }
        }
        String limit = setting(config, TopicConfig.MAX_MESSAGE_BYTES_CONFIG);
        if (Long.parseLong(limit) < maxMessageBytes) {
            String needed = Long.toString(maxMessageBytes);
            differences.add(new Difference(
                    TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                    limit,
                    "at least " + needed,
                    "the largest offer must fit, with its headers",
                    command(topic, TopicConfig.MAX_MESSAGE_BYTES_CONFIG, needed)));
        }
        return differences;
    }

    /** Whether it was made; not so if somebody else made it meanwhile. */
    private boolean create(String topic, int partitions, List<Rule> rules, long maxMessageBytes) throws IOException {
        Map<String, String> settings = new HashMap<>();
        rules.forEach(rule -> settings.put(rule.setting(), rule.value()));
        if (maxMessageBytes > 0) {
            settings.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Long.toString(maxMessageBytes));
        }
        // The broker's default.replication.factor decides how often the data is kept.
        NewTopic wanted = new NewTopic(topic, Optional.of(partitions), Optional.empty()).configs(settings);
        try {
            admin.get(admin.client().createTopics(List.of(wanted)).all());
            awaitLeaders(topic, partitions);
        } catch (TopicExistsException e) {
            return false;
        }
        return true;
    }

    /**
     * Until every partition answers. Before that a new producer's first batch may be refused and its second taken, after
     * which the first one is "out of order" for good.
     */
    private void awaitLeaders(String topic, int partitions) throws IOException {
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        for (int partition = 0; partition < partitions; partition++) {
            ends.put(new TopicPartition(topic, partition), OffsetSpec.latest());
        }
        long deadline = System.nanoTime() + leaders.toNanos();
        while (true) {
            try {
                admin.get(admin.client().listOffsets(ends).all());
                return;
            } catch (UnknownTopicOrPartitionException e) { // the broker has not yet heard of it
                if (System.nanoTime() - deadline > 0) {
                    throw new IOException(
                            "topic " + topic + " at " + bootstrapServers
                                    + " was created, but no broker serves it; see the brokers' logs",
                            e);
                }
                Pause.of(POLL);
            }
        }
    }

    private Optional<TopicDescription> find(String topic) throws IOException {
        try {
            return Optional.of(admin.get(admin.client()
                    .describeTopics(List.of(topic))
                    .topicNameValues()
                    .get(topic)));
        } catch (UnknownTopicOrPartitionException e) {
            return Optional.empty();
        }
    }

    private Config config(String topic) throws IOException {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        return admin.get(
                admin.client().describeConfigs(List.of(resource)).values().get(resource));
    }

    private static String setting(Config config, String name) {
        ConfigEntry entry = config.get(name);
        return entry == null || entry.value() == null ? "unknown" : entry.value();
    }

    private String command(String topic, String setting, String value) {
        return "kafka-configs.sh --bootstrap-server " + bootstrapServers
                + " --alter --entity-type topics --entity-name " + topic + " --add-config " + setting + "=" + value;
    }
}
