package org.offerstorm.local.cluster.secure;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.provider.DirectoryConfigProvider;
import org.apache.kafka.common.security.scram.ScramLoginModule;
import org.apache.kafka.metadata.authorizer.StandardAuthorizer;

/** Kafka's settings: clients come over TLS with a certificate and log in by SCRAM; brokers come with their own certificate. */
final class BrokerSecurity {
    static final String MECHANISM = "SCRAM-SHA-512";

    private BrokerSecurity() {}

    /** Of a broker. */
    static Map<String, Object> settings(Path store, Path trust, String password) {
        Map<String, Object> p = new LinkedHashMap<>();
        p.put("config.providers", "dir");
        p.put("config.providers.dir.class", DirectoryConfigProvider.class.getName());
        tls(p, store, trust, password);
        p.put("ssl.client.auth", "required");
        p.put("sasl.enabled.mechanisms", MECHANISM);
        for (String listener : List.of("sasl_ssl", "proxied")) {
            p.put(
                    "listener.name." + listener + ".scram-sha-512.sasl.jaas.config",
                    ScramLoginModule.class.getName() + " required;");
        }
        p.put("authorizer.class.name", StandardAuthorizer.class.getName());
        p.put("super.users", "User:CN=kafka;User:" + ClusterRole.ADMINISTRATOR.user());
        return p;
    }

    /** Of a client that comes as a broker. */
    static Map<String, Object> client(Path store, Path trust, String password) {
        Map<String, Object> p = new LinkedHashMap<>();
        p.put("security.protocol", "SSL");
        tls(p, store, trust, password);
        return p;
    }

    /** JAAS's words for a user. */
    static String login(String user, String password) {
        return ScramLoginModule.class.getName() + " required username=\"" + user + "\" password=\"" + password + "\";";
    }

    private static void tls(Map<String, Object> p, Path store, Path trust, String password) {
        p.put("ssl.keystore.type", "PKCS12");
        p.put("ssl.keystore.location", store.toString());
        p.put("ssl.keystore.password", password);
        p.put("ssl.key.password", password);
        p.put("ssl.truststore.type", "PEM");
        p.put("ssl.truststore.location", trust.toString());
    }
}
