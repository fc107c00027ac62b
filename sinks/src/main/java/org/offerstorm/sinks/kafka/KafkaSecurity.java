package org.offerstorm.sinks.kafka;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SslConfigs;
import org.offerstorm.core.option.Option.Properties;
import org.offerstorm.core.option.OptionValues;
import org.offerstorm.core.option.PropertyRules;
import org.offerstorm.core.tls.Tls;
import org.offerstorm.core.tls.TlsOptions;

/** How every Kafka client logs in and encrypts: said once, in {@code security.kafka} and {@code security.tls}. */
public final class KafkaSecurity {
    /** For source, dead letters and changes, for consumers, producers and administration. */
    public static final Properties OPTION = new Properties("security.kafka", new Rules(), """
            Security of every Kafka client: security.protocol and sasl.*, as Kafka names them. source.properties,
            dead-letters.properties and changes.properties win over it. The stores of TLS are those of security.tls. See
            docs/security.md.""");

    private static final Set<String> STORES = Set.of(
            SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG,
            SslConfigs.SSL_TRUSTSTORE_CERTIFICATES_CONFIG,
            SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG,
            SslConfigs.SSL_KEYSTORE_KEY_CONFIG,
            SslConfigs.SSL_ENGINE_FACTORY_CLASS_CONFIG);

    private KafkaSecurity() {}

    /**
     * Properties of a client with what holds for all.
     *
     * @param own of the client, which win; secrets are references, and stay so
     */
    public static Map<String, String> of(OptionValues values, Map<String, String> own) {
        Map<String, String> properties = new LinkedHashMap<>(values.get(OPTION));
        properties.putAll(own);
        Tls tls = TlsOptions.bind(values);
        if (tls.isSet() && isEncrypted(properties) && STORES.stream().noneMatch(properties::containsKey)) {
            properties.put(SslConfigs.SSL_ENGINE_FACTORY_CLASS_CONFIG, KafkaTls.class.getName());
            properties.putAll(KafkaTls.properties(tls));
        }
        if (isOauth(properties)) {
            properties.putIfAbsent(SaslConfigs.SASL_LOGIN_CALLBACK_HANDLER_CLASS, KafkaOauth.class.getName());
        }
        return properties;
    }

    /** Whether the connections are over TLS. */
    private static boolean isEncrypted(Map<String, String> properties) {
        return properties
                .getOrDefault(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, "")
                .toUpperCase(Locale.ROOT)
                .endsWith("SSL");
    }

    private static boolean isOauth(Map<String, String> properties) {
        return properties.getOrDefault(SaslConfigs.SASL_MECHANISM, "").equals("OAUTHBEARER")
                && properties.containsKey(SaslConfigs.SASL_OAUTHBEARER_TOKEN_ENDPOINT_URL);
    }

    /** What is not of security belongs to one client. */
    private static final class Rules implements PropertyRules {
        private final Set<String> others = others();
        private final PropertyRules kafka = new KafkaProperties(
                others, ConsumerConfig.configDef(), ProducerConfig.configDef(), AdminClientConfig.configDef());

        private static Set<String> others() {
            Set<String> others = new HashSet<>();
            for (Set<String> names : List.of(
                    ConsumerConfig.configNames(), ProducerConfig.configNames(), AdminClientConfig.configNames())) {
                for (String name : names) {
                    if (!isSecurity(name)) {
                        others.add(name);
                    }
                }
            }
            return others;
        }

        private static boolean isSecurity(String name) {
            return name.startsWith("ssl.") || name.startsWith("sasl.") || name.startsWith("security.");
        }

        @Override
        public void check(String name, String value) {
            if (others.contains(name)) {
                throw new IllegalArgumentException("is no property of security; write it in source.properties,"
                        + " dead-letters.properties or changes.properties");
            }
            kafka.check(name, value);
        }

        @Override
        public boolean isSecret(String name) {
            return kafka.isSecret(name);
        }
    }
}
