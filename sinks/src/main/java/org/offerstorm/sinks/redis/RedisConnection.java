package org.offerstorm.sinks.redis;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * One connection that is made when it is needed and thrown away after any error. A whole operation, connecting included,
 * shares one deadline. Secrets in the address are resolved with each new connection, so that a changed password is taken
 * up. Used by one thread.
 */
final class RedisConnection implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RedisConnection.class);

    /** Between two looks whether the Sentinels still name this master, and the deadline of a step of one. */
    private static final long LOOK_NANOS = Duration.ofSeconds(5).toNanos();

    private static final long LOOK_MILLIS = 250;

    private final RedisAddress address;
    private final Duration timeout;
    private final RedisConnector connector;
    private final LongSupplier nanos;
    private Jedis jedis;
    private long deadline;
    private long looked;

    /**
     * Does not connect, and resolves no secret yet.
     *
     * @throws IllegalArgumentException if {@code redis.uri} is not an address
     */
    RedisConnection(RedisConfig config) {
        this(config, System::nanoTime);
    }

    /** @param nanos monotonic time in nanoseconds */
    RedisConnection(RedisConfig config, LongSupplier nanos) {
        this.address = new RedisAddress(config);
        this.timeout = config.timeout();
        this.connector = address::connect;
        this.nanos = nanos;
    }

    /**
     * One that others make.
     *
     * @param nanos monotonic time in nanoseconds
     */
    RedisConnection(RedisConfig config, RedisConnector connector, LongSupplier nanos) {
        this.address = new RedisAddress(config);
        this.timeout = config.timeout();
        this.connector = connector;
        this.nanos = nanos;
    }

    /**
     * Starts an operation: its calls together have the configured time. A connection to a server that the Sentinels no
     * longer name as the master is closed: it may be cut off from them and not know it, or answer as a replica.
     */
    void begin() {
        deadline = nanos.getAsLong() + timeout.toNanos();
        if (jedis != null && nanos.getAsLong() - looked > LOOK_NANOS) {
            looked = nanos.getAsLong();
            if (address.isElsewhere(Math.min(LOOK_MILLIS, Math.max(1, timeout.toMillis() / 4)))) {
                LOG.info("The Sentinels name another master than redis {}", address);
                close();
            }
        }
    }

    /**
     * As {@link #begin()}, with less time if there is less.
     *
     * @param latest {@link System#nanoTime} at which the operation must have ended
     */
    void begin(long latest) {
        begin();
        if (latest - deadline < 0) {
            deadline = latest;
        }
    }

    boolean isOpen() {
        return jedis != null;
    }

    /**
     * The connection, made now if there is none, with what is left of the operation's time for the next call.
     *
     * @throws org.offerstorm.core.secret.Secrets.Unresolved if the address refers to a secret that is missing
     */
    Jedis get() {
        if (jedis == null) {
            jedis = connector.connect(Math.max(1, timeout.toMillis() / 4)); // connect, log in, look around, load
            looked = nanos.getAsLong();
            LOG.debug("Connected to redis {}", address);
        }
        long leftMillis = (deadline - nanos.getAsLong()) / 1_000_000;
        if (leftMillis <= 0) {
            throw new JedisConnectionException("no answer within " + timeout.toMillis() + " ms");
        }
        jedis.getConnection().setSoTimeout((int) leftMillis);
        return jedis;
    }

    /** The address itself. */
    RedisAddress where() {
        return address;
    }

    /** Where Redis is, for messages; never the password. */
    String address() {
        return address.toString();
    }

    /** The database that the address names, for messages. */
    String database() {
        return address.database();
    }

    @Override
    public void close() {
        Jedis old = jedis;
        jedis = null;
        if (old != null) {
            try {
                old.close();
            } catch (JedisException e) {
                LOG.debug("Closing the connection to redis {}", address, e);
            }
        }
    }

    /** As {@link #describe}; Jedis keeps what the network said among the suppressed. */
    static String reason(JedisException e) {
        String text = describe(e);
        return e.getSuppressed().length == 0 ? text : text + " " + describe(e.getSuppressed()[0]);
    }

    /** The error and its cause in one line. */
    static String describe(Throwable error) {
        StringBuilder text = new StringBuilder();
        for (Throwable t = error; t != null && text.length() < 500; t = t.getCause()) {
            String message = t.getMessage() == null ? t.getClass().getSimpleName() : t.getMessage();
            if (text.indexOf(message) < 0) {
                text.append(text.isEmpty() ? "" : ": ").append(message);
            }
        }
        return text.toString().replaceAll("\\s+", " ");
    }
}
