package org.offerstorm.sinks.redis;

import javax.net.ssl.SSLParameters;
import org.offerstorm.core.tls.Tls;
import org.offerstorm.core.tls.TlsContext;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;

/** Connects to one server, a Redis or a Sentinel. Used by one thread. */
final class RedisDialer {
    private final Tls configured;
    private final TlsContext tls;

    /** Reads no file yet. */
    RedisDialer(Tls configured) {
        this.configured = configured;
        this.tls = new TlsContext(configured);
    }

    /**
     * Whom to tell the server that we are.
     *
     * @param user null if there is none
     * @param password null if there is none
     */
    record Login(String user, String password, int database) {
        /** Not the password. */
        @Override
        public String toString() {
            return String.valueOf(user);
        }
    }

    /**
     * Connects and logs in. With TLS nothing is sent before the server's certificate has been checked: its chain, and the
     * host that it was issued for.
     *
     * @param millis deadline of each step
     * @throws Tls.Unusable if a file of the TLS configuration cannot be used
     */
    @SuppressWarnings("deprecation") // SslOptions would ignore the JVM's key store, which a Redis may ask for
    Jedis connect(HostAndPort server, boolean secure, Login login, long millis) {
        return new Jedis(
                server,
                DefaultJedisClientConfig.builder()
                        .connectionTimeoutMillis((int) millis)
                        .socketTimeoutMillis((int) millis)
                        .user(login.user())
                        .password(login.password())
                        .database(login.database())
                        .ssl(secure)
                        .sslSocketFactory(
                                secure && configured.isSet() ? tls.get().getSocketFactory() : null)
                        .sslParameters(verified())
                        .clientName("offerstorm")
                        .build());
    }

    /**
     * The certificate must be for the host that the address names (a name, or an address in its subject alternative names):
     * else whoever holds any certificate of a trusted authority would get the password. Set here and not left to the
     * default of a version of Jedis.
     */
    private static SSLParameters verified() {
        SSLParameters parameters = new SSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        return parameters;
    }
}
