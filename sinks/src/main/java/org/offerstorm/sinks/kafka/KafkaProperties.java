package org.offerstorm.sinks.kafka;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.SslConfigs;
import org.offerstorm.core.option.PropertyRules;
import org.offerstorm.core.secret.Secrets;
import org.offerstorm.core.text.Nearest;
import org.offerstorm.core.text.PlainText;

/**
 * Properties of a Kafka client, checked against Kafka's own definitions: names that are nearly right, values of the wrong
 * type, deadlines that a bolt or the poller cannot keep, and what the guarantees rest on.
 */
public final class KafkaProperties implements PropertyRules {
    private static final Set<String> DEADLINES =
            Set.of("request.timeout.ms", "default.api.timeout.ms", "max.block.ms", "delivery.timeout.ms");
    private static final Set<String> PUBLIC_CERTIFICATES =
            Set.of("ssl.keystore.certificate.chain", "ssl.truststore.certificates");
    private static final int LONGEST_MILLIS = 5_000;

    private final Map<String, ConfigKey> known = new HashMap<>();
    private final Set<String> fixed;

    /**
     * Rules of one client.
     *
     * @param fixed what the guarantees rest on, which may not be set
     * @param definitions of the clients that the properties are for
     */
    public KafkaProperties(Set<String> fixed, ConfigDef... definitions) {
        for (ConfigDef definition : definitions) {
            definition.configKeys().forEach(known::putIfAbsent);
        }
        this.fixed = fixed;
    }

    /**
     * Rules of a topic that is written, and read back with the consumer's properties among them.
     *
     * @param fixed what the guarantees rest on, which may not be set
     */
    public static KafkaProperties ofWriter(Set<String> fixed) {
        return new KafkaProperties(
                fixed, ProducerConfig.configDef(), ConsumerConfig.configDef(), AdminClientConfig.configDef());
    }

    @Override
    public void check(String name, String value) {
        if (fixed.contains(name)) {
            throw new IllegalArgumentException(
                    "the guarantees rest on it, so it cannot be set; remove it (servers, topics"
                            + " and group have their own options)");
        }
        if (name.equals(SslConfigs.SSL_ENDPOINT_IDENTIFICATION_ALGORITHM_CONFIG) && !value.equalsIgnoreCase("https")) {
            throw new IllegalArgumentException(
                    "would let whoever has any certificate of a trusted authority pose as the"
                            + " broker; remove it, and give the brokers certificates for the names in advertised.listeners");
        }
        ConfigKey key = known.get(name);
        if (key == null) {
            nearly(name); // others may be of an interceptor or a login module
        } else if (Secrets.replaceReferences(value, "").equals(value) && !isSecret(name)) {
            checkValue(key, value);
        }
    }

    /** Of those that Kafka knows, exactly those that it hides itself, except certificates, which are public. */
    @Override
    public boolean isSecret(String name) {
        ConfigKey key = known.get(name);
        return key == null
                ? Secrets.isSecretName(name)
                : key.type == ConfigDef.Type.PASSWORD && !PUBLIC_CERTIFICATES.contains(name);
    }

    private void nearly(String name) {
        Optional<String> nearest = Nearest.of(name, known.keySet());
        if (nearest.isPresent()) {
            throw new IllegalArgumentException(
                    "Kafka's clients have no such property; did you mean '" + nearest.get() + "'?");
        }
    }

    private static void checkValue(ConfigKey key, String value) {
        Object parsed;
        try {
            switch (key.type) {
                case BOOLEAN, INT, LONG, SHORT, DOUBLE, STRING ->
                    parsed = ConfigDef.parseType(key.name, value, key.type);
                default -> {
                    return; // classes and files are looked for on the worker
                }
            }
            if (key.validator != null) {
                key.validator.ensureValid(key.name, parsed);
            }
        } catch (ConfigException e) {
            throw new IllegalArgumentException("Kafka says: " + PlainText.of(e.getMessage()) + "; correct it", e);
        }
        if (DEADLINES.contains(key.name) && parsed instanceof Number millis && millis.longValue() > LONGEST_MILLIS) {
            throw new IllegalArgumentException(
                    PlainText.excerpt(value) + " ms is too much; calls end within " + LONGEST_MILLIS + " ms");
        }
    }
}
