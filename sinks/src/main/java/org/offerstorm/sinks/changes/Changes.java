package org.offerstorm.sinks.changes;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.offerstorm.core.check.Check;
import org.offerstorm.core.option.Option;
import org.offerstorm.core.option.Option.Properties;
import org.offerstorm.core.option.Option.Single;
import org.offerstorm.core.option.OptionValues;
import org.offerstorm.core.option.ServerListType;
import org.offerstorm.core.option.TextType;
import org.offerstorm.core.option.ValueType;
import org.offerstorm.core.sink.CallLimit;
import org.offerstorm.core.sink.Guarantee;
import org.offerstorm.core.sink.HealthContext;
import org.offerstorm.core.sink.Neighbours;
import org.offerstorm.core.sink.Routing;
import org.offerstorm.core.sink.SetupStep;
import org.offerstorm.core.sink.SinkFactory;
import org.offerstorm.core.sink.SinkKind;
import org.offerstorm.sinks.kafka.KafkaProperties;
import org.offerstorm.sinks.kafka.KafkaSecurity;
import org.offerstorm.sinks.redis.Redis;

/** The topic of changes, from which any Kafka consumer follows the table. It is derived from Redis' stream of changes. */
public final class Changes implements SinkKind<ChangesConfig> {
    public static final SinkKind<ChangesConfig> KIND = new Changes();

    public static final Single<String> TOPIC = new Single<>(
            "changes.topic",
            TextType.topic(),
            "offers.changes",
            "Topic of the changes, one partition. It must differ from the topics of the offers and of the dead letters.");
    public static final Single<String> BOOTSTRAP_SERVERS = new Single<>(
            "changes.bootstrap-servers",
            new Servers(),
            ChangesConfig.SERVERS_OF_SOURCE,
            "Kafka brokers of that topic; source: those of source.bootstrap-servers.");

    private static final long serialVersionUID = 1L;

    public static final Properties PROPERTIES = new Properties(
            "changes.properties",
            KafkaProperties.ofWriter(ChangesTopic.FIXED_PROPERTIES),
            "Further properties of the Kafka producer, and of the consumer that reads its position back.");
    private static final Single<Duration> TIMEOUT =
            new Single<>("changes.timeout", CallLimit.TYPE, "5 s", "Deadline of one call.");

    private Changes() {}

    /**
     * Transactional id of a stream's publisher. Who takes it fences every other publisher of the stream.
     *
     * @param group the stream's consumer group
     */
    public static String transactionalId(String group) {
        return ChangesTopic.TRANSACTIONS + group;
    }

    @Override
    public String name() {
        return "changes";
    }

    @Override
    public String title() {
        return "Changes";
    }

    @Override
    public String component() {
        return "changes-publisher";
    }

    @Override
    public boolean isDefault() {
        return false;
    }

    @Override
    public List<Option> options() {
        return List.of(TOPIC, BOOTSTRAP_SERVERS, PROPERTIES, TIMEOUT);
    }

    @Override
    public Class<ChangesConfig> configType() {
        return ChangesConfig.class;
    }

    @Override
    public ChangesConfig bind(OptionValues values) {
        return new ChangesConfig(
                values.get(TOPIC),
                values.get(BOOTSTRAP_SERVERS),
                KafkaSecurity.of(values, values.get(PROPERTIES)),
                values.get(TIMEOUT));
    }

    @Override
    public SinkFactory factory(ChangesConfig config, Neighbours neighbours) {
        return new ChangesSinkFactory(config, config.servers(neighbours), neighbours.of(Redis.KIND));
    }

    @Override
    public Routing routing() {
        return Routing.ANY;
    }

    @Override
    public Optional<String> oneTaskBecause() {
        return Optional.of("its records have one order");
    }

    @Override
    public Optional<SinkKind<?>> after() {
        return Optional.of(Redis.KIND);
    }

    @Override
    public boolean mayBeAdded() {
        return true;
    }

    @Override
    public CallLimit callLimit() {
        return new CallLimit.ByOption(TIMEOUT);
    }

    @Override
    public Guarantee guarantee() {
        return new Guarantee(
                "its changes are in a committed transaction",
                "each change once for consumers of committed records, whose sums and newest counts are Redis' table");
    }

    @Override
    public List<String> clientThreads() {
        return List.of("kafka-producer-network-thread | producer-" + ChangesTopic.TRANSACTIONS);
    }

    @Override
    public Check health(ChangesConfig config, Neighbours neighbours, HealthContext context) {
        return new ChangesHealth(config, config.servers(neighbours), neighbours.of(Redis.KIND), context.group());
    }

    @Override
    public List<SetupStep> setup(ChangesConfig config, Neighbours neighbours) {
        return List.of(new ChangesSetup(config, config.servers(neighbours)));
    }

    @Override
    public String toString() {
        return name();
    }

    private Object readResolve() {
        return KIND;
    }

    /** Brokers, or the word for those of the source. */
    private static final class Servers implements ValueType<String> {
        private final ServerListType servers = new ServerListType();

        @Override
        public String parse(String text) {
            return text.strip().equals(ChangesConfig.SERVERS_OF_SOURCE)
                    ? ChangesConfig.SERVERS_OF_SOURCE
                    : servers.parse(text);
        }

        @Override
        public String allowed() {
            return servers.allowed() + ", or " + ChangesConfig.SERVERS_OF_SOURCE;
        }
    }
}
