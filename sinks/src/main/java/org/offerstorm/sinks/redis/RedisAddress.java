package org.offerstorm.sinks.redis;

import java.net.URI;
import javax.net.ssl.SSLParameters;
import org.offerstorm.core.secret.Secrets;
import org.offerstorm.core.tls.Tls;
import org.offerstorm.core.tls.TlsContext;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.util.JedisURIHelper;

/** {@code redis.uri}: secrets in it stay references until a connection is made. Immutable. */
final class RedisAddress {
    private final String text;
    private final String shown;
    private final Tls configured;
    private final TlsContext tls;

    /** @throws IllegalArgumentException if it is not an address of a Redis; the message does not quote it */
    RedisAddress(RedisConfig config) {
        this.text = config.uri();
        this.configured = config.tls();
        this.tls = new TlsContext(configured);
        this.shown = Secrets.isReference(text)
                ? text
                : JedisURIHelper.getHostAndPort(parse(Secrets.replaceReferences(text, "x")))
                        .toString();
    }

    /** {@code host:port}, or the reference that names it. */
    @Override
    public String toString() {
        return shown;
    }

    /** Number of the database, for messages; a question mark if the whole address is a reference. */
    String database() {
        return Secrets.isReference(text)
                ? "?"
                : Integer.toString(JedisURIHelper.getDBIndex(parse(Secrets.replaceReferences(text, "x"))));
    }

    /**
     * Connects and logs in. With {@code rediss://} nothing is sent before the server's certificate has been checked: its
     * chain, and the host that it was issued for.
     *
     * @param millis deadline of each step
     * @throws Secrets.Unresolved if the address or a store's password refers to a secret that is missing
     * @throws Tls.Unusable if a file of the TLS configuration cannot be used
     */
    @SuppressWarnings("deprecation") // SslOptions would ignore the JVM's key store, which a Redis may ask for
    Jedis connect(long millis) {
        URI uri = parse(Secrets.resolveUri(text));
        boolean secure = JedisURIHelper.isRedisSSLScheme(uri);
        return new Jedis(
                JedisURIHelper.getHostAndPort(uri),
                DefaultJedisClientConfig.builder()
                        .connectionTimeoutMillis((int) millis)
                        .socketTimeoutMillis((int) millis)
                        .user(JedisURIHelper.getUser(uri))
                        .password(JedisURIHelper.getPassword(uri))
                        .database(JedisURIHelper.getDBIndex(uri))
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

    private static URI parse(String text) {
        URI uri;
        try {
            uri = URI.create(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "redis.uri is not a URI; write redis://[user:password@]host:port[/database], special characters of"
                            + " the password percent-encoded"); // without the cause: it quotes the password
        }
        if (!JedisURIHelper.isValid(uri)) {
            throw new IllegalArgumentException(
                    "redis.uri lacks a host or a port; write redis://[user:password@]host:port[/database]");
        }
        return uri;
    }
}
