package org.offerstorm.sinks.kafka;

import java.security.KeyStore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.auth.SslEngineFactory;
import org.offerstorm.core.tls.Tls;
import org.offerstorm.core.tls.TlsContext;

/**
 * TLS of a Kafka client by {@link Tls}, whose files are read again when they change; Kafka's own factory reads them once.
 * Kafka makes one for each client, by name. The broker's certificate must be for the host that the client was sent to.
 */
public final class KafkaTls implements SslEngineFactory {
    private static final String HOST_CHECK = "HTTPS";

    private TlsContext context;
    private List<?> protocols;
    private List<?> ciphers;

    /** The stores, under Kafka's names for them, as other properties of a client are dropped on the way. */
    static Map<String, String> properties(Tls tls) {
        Map<String, String> properties = new LinkedHashMap<>();
        if (!tls.trustStore().equals(Tls.JAVA)) {
            properties.put(SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG, tls.trustStore());
        }
        if (!tls.trustStorePassword().equals(Tls.NONE)) {
            properties.put(SslConfigs.SSL_TRUSTSTORE_PASSWORD_CONFIG, tls.trustStorePassword());
        }
        if (!tls.keyStore().equals(Tls.NONE)) {
            properties.put(SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG, tls.keyStore());
        }
        if (!tls.keyStorePassword().equals(Tls.NONE)) {
            properties.put(SslConfigs.SSL_KEYSTORE_PASSWORD_CONFIG, tls.keyStorePassword());
        }
        return properties;
    }

    /** @throws Tls.Unusable if a file cannot be used: no client is made then */
    @Override
    public void configure(Map<String, ?> configs) {
        context = new TlsContext(new Tls(
                text(configs, SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG, Tls.JAVA),
                text(configs, SslConfigs.SSL_TRUSTSTORE_PASSWORD_CONFIG, Tls.NONE),
                text(configs, SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG, Tls.NONE),
                text(configs, SslConfigs.SSL_KEYSTORE_PASSWORD_CONFIG, Tls.NONE)));
        protocols = list(configs, SslConfigs.SSL_ENABLED_PROTOCOLS_CONFIG);
        ciphers = list(configs, SslConfigs.SSL_CIPHER_SUITES_CONFIG);
        context.get();
    }

    private static String text(Map<String, ?> configs, String name, String otherwise) {
        Object value = configs.get(name);
        if (value == null) {
            return otherwise;
        }
        return value instanceof Password password ? password.value() : value.toString();
    }

    private static List<?> list(Map<String, ?> configs, String name) {
        return configs.get(name) instanceof List<?> list ? list : List.of();
    }

    @Override
    public SSLEngine createClientSslEngine(String peerHost, int peerPort, String endpointIdentification) {
        SSLEngine engine = context.get().createSSLEngine(peerHost, peerPort);
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm(HOST_CHECK);
        if (!protocols.isEmpty()) {
            parameters.setProtocols(protocols.toArray(new String[0]));
        }
        if (!ciphers.isEmpty()) {
            parameters.setCipherSuites(ciphers.toArray(new String[0]));
        }
        engine.setSSLParameters(parameters);
        return engine;
    }

    @Override
    public SSLEngine createServerSslEngine(String peerHost, int peerPort) {
        throw new UnsupportedOperationException("this is for clients");
    }

    @Override
    public boolean shouldBeRebuilt(Map<String, Object> nextConfigs) {
        return false;
    }

    @Override
    public Set<String> reconfigurableConfigs() {
        return Set.of();
    }

    @Override
    public KeyStore keystore() {
        return null;
    }

    @Override
    public KeyStore truststore() {
        return null;
    }

    @Override
    public void close() {
        // nothing is open
    }
}
