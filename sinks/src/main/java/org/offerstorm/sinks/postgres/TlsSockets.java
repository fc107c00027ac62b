package org.offerstorm.sinks.postgres;

import java.util.Properties;
import org.offerstorm.core.tls.Tls;
import org.offerstorm.core.tls.TlsContext;
import org.postgresql.ssl.WrappedFactory;

/** The driver makes one for each connection, by name: sockets with the TLS of a configuration. */
public final class TlsSockets extends WrappedFactory {
    private static final String TRUST_STORE = "offerstorm.trust-store";
    private static final String TRUST_STORE_PASSWORD = "offerstorm.trust-store-password";
    private static final String KEY_STORE = "offerstorm.key-store";
    private static final String KEY_STORE_PASSWORD = "offerstorm.key-store-password";

    /**
     * With what {@link #put} wrote.
     *
     * @param properties of the connection
     * @throws Tls.Unusable if a file cannot be used
     */
    public TlsSockets(Properties properties) {
        factory = new TlsContext(new Tls(
                        properties.getProperty(TRUST_STORE),
                        properties.getProperty(TRUST_STORE_PASSWORD),
                        properties.getProperty(KEY_STORE),
                        properties.getProperty(KEY_STORE_PASSWORD)))
                .get()
                .getSocketFactory();
    }

    /** Makes a connection use these sockets; passwords stay references. */
    static void put(Tls tls, Properties properties) {
        properties.setProperty("sslfactory", TlsSockets.class.getName());
        properties.setProperty(TRUST_STORE, tls.trustStore());
        properties.setProperty(TRUST_STORE_PASSWORD, tls.trustStorePassword());
        properties.setProperty(KEY_STORE, tls.keyStore());
        properties.setProperty(KEY_STORE_PASSWORD, tls.keyStorePassword());
    }
}
