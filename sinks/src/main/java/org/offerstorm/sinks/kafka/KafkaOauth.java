package org.offerstorm.sinks.kafka;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.security.auth.login.AppConfigurationEntry;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginCallbackHandler;

/**
 * Kafka's login with OAuth, which asks for tokens only at addresses that a property of the JVM permits. The configured one is
 * permitted here, where the client is made, so that a worker needs no flag for it.
 */
public final class KafkaOauth extends OAuthBearerLoginCallbackHandler {
    /** {@code ALLOWED_SASL_OAUTHBEARER_URLS_CONFIG} of Kafka's internal {@code BrokerSecurityConfigs}. */
    private static final String ALLOWED = "org.apache.kafka.sasl.oauthbearer.allowed.urls";

    @Override
    public void configure(Map<String, ?> configs, String saslMechanism, List<AppConfigurationEntry> jaasConfigEntries) {
        if (configs.get(SaslConfigs.SASL_OAUTHBEARER_TOKEN_ENDPOINT_URL) instanceof String address) {
            allow(address);
        }
        super.configure(configs, saslMechanism, jaasConfigEntries);
    }

    private static synchronized void allow(String address) {
        Set<String> allowed =
                new LinkedHashSet<>(List.of(System.getProperty(ALLOWED, "").split(",", -1)));
        allowed.remove("");
        allowed.add(address);
        System.setProperty(ALLOWED, String.join(",", allowed));
    }
}
