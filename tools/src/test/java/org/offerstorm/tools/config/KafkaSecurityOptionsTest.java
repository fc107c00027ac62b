package org.offerstorm.tools.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said once for all Kafka clients, and what a client says itself. */
class KafkaSecurityOptionsTest {
    @ParameterizedTest
    @ValueSource(strings = {"source", "dead-letters", "changes"})
    void a_client_with_one_store_would_lose_the_shared_other_one(String client) {
        String keys = client + ".properties.ssl.keystore.location=/keys.p12";
        String trust = client + ".properties.ssl.truststore.location=/trust.p12";

        assertThatThrownBy(() -> resolve("security.tls.trust-store=/ca.pem", keys))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(client + ".properties.ssl.keystore.location")
                .hasMessageContaining("set ssl.truststore.* too");
        assertThatThrownBy(() -> resolve("security.tls.key-store=/client.pem", trust))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("set ssl.keystore.* too");
        assertThat(resolve("security.tls.trust-store=/ca.pem", keys, trust)).isNotNull();
        assertThat(resolve(keys)).isNotNull();
    }

    @Test
    void a_shared_login_without_tls_is_warned_of_once_wherever_its_parts_are() {
        String protocol = "security.kafka.security.protocol=SASL_PLAINTEXT";
        String far = "source.bootstrap-servers=kafka.example.org:9092";

        assertThat(resolve(protocol, far, "security.kafka.sasl.mechanism=PLAIN").warnings(false))
                .singleElement()
                .asString()
                .contains("security.kafka.security.protocol", "the password goes");
        assertThat(resolve(protocol, far, "source.properties.sasl.mechanism=PLAIN")
                        .warnings(false))
                .hasSize(1);
        assertThat(resolve(
                                protocol,
                                "security.kafka.sasl.mechanism=PLAIN",
                                "changes.bootstrap-servers=kafka.example.org:9092")
                        .warnings(false))
                .hasSize(1);
        assertThat(resolve(protocol, "security.kafka.sasl.mechanism=PLAIN").warnings(false))
                .isEmpty();
    }

    private static ResolvedConfig resolve(String... settings) {
        return ConfigLoader.resolve(List.of(), List.of(settings));
    }
}
