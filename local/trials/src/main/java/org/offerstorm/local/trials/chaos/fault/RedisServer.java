package org.offerstorm.local.trials.chaos.fault;

import java.net.URI;
import javax.net.ssl.SSLParameters;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.core.secret.Secrets;
import org.offerstorm.core.tls.TlsContext;
import org.offerstorm.sinks.redis.Redis;
import org.offerstorm.sinks.redis.RedisConfig;
import redis.clients.jedis.Jedis;

/** Redis itself, past the proxy, as an operator reaches it. */
final class RedisServer {
    private static final int TIMEOUT_MILLIS = 10_000;

    private RedisServer() {}

    static Jedis connect(OfferstormConfig direct) {
        RedisConfig config = direct.of(Redis.KIND);
        URI uri = URI.create(Secrets.resolveUri(config.uri()));
        SSLParameters verified = new SSLParameters();
        verified.setEndpointIdentificationAlgorithm("HTTPS");
        return config.tls().isSet()
                ? new Jedis(
                        uri, TIMEOUT_MILLIS, new TlsContext(config.tls()).get().getSocketFactory(), verified, null)
                : new Jedis(uri, TIMEOUT_MILLIS);
    }

    /** A number of {@code INFO section}. */
    static long info(Jedis jedis, String section, String field) {
        return jedis.info(section)
                .lines()
                .filter(line -> line.startsWith(field + ":"))
                .mapToLong(line ->
                        Long.parseLong(line.substring(field.length() + 1).strip()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Redis reports no " + field + " in INFO " + section));
    }
}
