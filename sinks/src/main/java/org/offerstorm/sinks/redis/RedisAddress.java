package org.offerstorm.sinks.redis;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.offerstorm.core.check.TlsAdvice;
import org.offerstorm.core.secret.Secrets;
import org.offerstorm.core.tls.Tls;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.util.JedisURIHelper;

/**
 * {@code redis.uri}: secrets in it stay references until a connection is made. The address of Sentinels is that of the
 * master which they name at that time. Used by one thread.
 */
final class RedisAddress {
    private static final Logger LOG = LoggerFactory.getLogger(RedisAddress.class);

    private final String text;
    private final String shown;
    private final RedisDialer dialer;
    private final Sentinels sentinels;
    /** What the last connection was made to; null if that was without Sentinels. */
    private SentinelUri asked;

    private HostAndPort master;

    /** @throws IllegalArgumentException if it is not an address of a Redis; the message does not quote it */
    RedisAddress(RedisConfig config) {
        this.text = config.uri();
        this.dialer = new RedisDialer(config.tls());
        this.sentinels = new Sentinels(dialer, config.sentinelPassword());
        this.shown = Secrets.isReference(text) ? text : shown(Secrets.replaceReferences(text, "x"));
    }

    private static String shown(String uri) {
        return SentinelUri.is(uri)
                ? parseSentinels(uri).toString()
                : JedisURIHelper.getHostAndPort(parse(uri)).toString();
    }

    /**
     * {@code host:port}, or the reference that names it. With Sentinels the master to which the last connection went, or
     * before there was one, its name and those of the Sentinels.
     */
    @Override
    public String toString() {
        return master == null ? shown : master + " (" + asked.master() + ")";
    }

    /** Number of the database, for messages; a question mark if the whole address is a reference. */
    String database() {
        if (Secrets.isReference(text)) {
            return "?";
        }
        String known = Secrets.replaceReferences(text, "x");
        return Integer.toString(
                SentinelUri.is(known) ? parseSentinels(known).database() : JedisURIHelper.getDBIndex(parse(known)));
    }

    /**
     * Connects and logs in. With Sentinels, to the server that they name as the master, if it says itself that it is one.
     *
     * @param millis deadline of each step; the Sentinels together take twice as long at most
     * @throws NoMasterException if the Sentinels name none, or it cannot be reached, or says that it is none
     * @throws Secrets.Unresolved if the address or a store's password refers to a secret that is missing
     * @throws Tls.Unusable if a file of the TLS configuration cannot be used
     */
    Jedis connect(long millis) {
        String resolved = Secrets.resolveUri(text);
        if (!SentinelUri.is(resolved)) {
            URI uri = parse(resolved);
            asked = null;
            master = null;
            return dialer.connect(
                    JedisURIHelper.getHostAndPort(uri),
                    JedisURIHelper.isRedisSSLScheme(uri),
                    new RedisDialer.Login(
                            JedisURIHelper.getUser(uri),
                            JedisURIHelper.getPassword(uri),
                            JedisURIHelper.getDBIndex(uri)),
                    millis);
        }
        SentinelUri uri = parseSentinels(resolved);
        HostAndPort named = sentinels.master(uri, millis);
        Jedis jedis = connectToMaster(uri, named, millis);
        if (!named.equals(master)) {
            LOG.info("The master {} of redis is {}", uri.master(), named);
        }
        asked = uri;
        master = named;
        return jedis;
    }

    /**
     * Whether a Sentinel names another master than that of the last connection. False without Sentinels, and if the one that
     * is asked does not answer.
     *
     * @param millis deadline of each step
     */
    boolean isElsewhere(long millis) {
        if (asked == null) {
            return false;
        }
        Optional<HostAndPort> named = sentinels.glance(asked, millis);
        return named.isPresent() && !named.get().equals(master);
    }

    /** How Sentinels are asked. */
    Sentinels sentinels() {
        return sentinels;
    }

    /** The Sentinels that named the server of the last connection; empty without. */
    Optional<SentinelUri> asked() {
        return Optional.ofNullable(asked);
    }

    private Jedis connectToMaster(SentinelUri uri, HostAndPort named, long millis) {
        Jedis jedis;
        try {
            jedis = dialer.connect(
                    named, uri.tls(), new RedisDialer.Login(uri.user(), uri.password(), uri.database()), millis);
        } catch (JedisConnectionException e) {
            String tls = TlsAdvice.of(e, "redis.uri", "write redis-sentinel:// in place of rediss-sentinel://");
            throw new NoMasterException(
                    "the Sentinels name " + named + " as the master " + uri.master() + ", and it cannot be reached: "
                            + RedisConnection.reason(e),
                    tls == null
                            ? "start it, or wait until the Sentinels have promoted a replica; the address must be one that"
                                    + " is reached from here"
                            : tls,
                    e);
        }
        try {
            checkMaster(uri, named, jedis.role());
            return jedis;
        } catch (JedisDataException e) {
            jedis.close();
            if (!RedisConnection.describe(e).contains("NOPERM")) {
                throw e;
            }
            throw new NoMasterException(
                    named + " does not tell this user whether it is the master " + uri.master(),
                    "permit it: ACL SETUSER … +role",
                    e);
        } catch (RuntimeException e) {
            jedis.close();
            throw e;
        }
    }

    /** A master that came back after another was promoted is a replica as soon as a Sentinel has seen it. */
    private static void checkMaster(SentinelUri uri, HostAndPort named, List<Object> role) {
        if (!"master".equals(String.valueOf(role.get(0)))) {
            throw new NoMasterException(
                    "the Sentinels name " + named + " as the master " + uri.master() + ", but it is a replica",
                    "wait until the Sentinels have chosen; if it stays so, see SENTINEL MASTER " + uri.master(),
                    null);
        }
    }

    private static SentinelUri parseSentinels(String text) {
        try {
            return SentinelUri.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("redis.uri " + e.getMessage());
        }
    }

    private static URI parse(String text) {
        if (RedisUriType.isCluster(text)) {
            throw new IllegalArgumentException("redis.uri " + RedisUriType.NO_CLUSTER);
        }
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
