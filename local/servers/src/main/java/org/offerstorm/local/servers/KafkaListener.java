package org.offerstorm.local.servers;

import java.util.Map;
import java.util.Properties;

/**
 * A second listener of a broker, next to the open one: for clients that log in, use TLS or come through a proxy.
 *
 * @param port on 127.0.0.1
 * @param advertisedPort to which clients are sent: the same, or that of a proxy
 * @param host by which clients are sent to it, {@code localhost}
 * @param protocol {@code PLAINTEXT}, {@code SSL}, {@code SASL_PLAINTEXT} or {@code SASL_SSL}
 * @param settings of the broker for this listener, without their prefix: {@code ssl.keystore.location}
 * @param further settings of the broker
 */
public record KafkaListener(
        int port,
        int advertisedPort,
        String host,
        String protocol,
        Map<String, String> settings,
        Map<String, String> further) {
    private static final String NAME = "SECURE";

    /** One without proxy. */
    public KafkaListener(
            int port, String host, String protocol, Map<String, String> settings, Map<String, String> further) {
        this(port, port, host, protocol, settings, further);
    }

    void addTo(Properties broker) {
        append(broker, "listeners", NAME + "://127.0.0.1:" + port);
        append(broker, "advertised.listeners", NAME + "://" + host + ":" + advertisedPort);
        append(broker, "listener.security.protocol.map", NAME + ":" + protocol);
        settings.forEach((name, value) -> broker.setProperty("listener.name.secure." + name, value));
        broker.putAll(further);
    }

    private static void append(Properties broker, String name, String value) {
        broker.setProperty(name, broker.getProperty(name) + "," + value);
    }
}
