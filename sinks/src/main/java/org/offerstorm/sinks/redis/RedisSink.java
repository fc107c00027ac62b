package org.offerstorm.sinks.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.offerstorm.core.model.Change;
import org.offerstorm.core.model.Chunk;
import org.offerstorm.core.model.ChunkHeader;
import org.offerstorm.core.model.Source;
import org.offerstorm.core.sink.Sink;
import org.offerstorm.core.sink.StoreLoss;
import org.offerstorm.core.sink.WriteResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisNoScriptException;

/**
 * Counts live offers by category and continent: one atomic script call for each chunk (see the package's description for
 * the keys). Called by one thread, the bolt's executor. Every error of Redis is {@link WriteResult.Retryable};
 * nothing is ever rejected.
 */
public final class RedisSink implements Sink {
    private static final Logger LOG = LoggerFactory.getLogger(RedisSink.class);
    private static final String SCRIPT = "conf/redis/apply-chunk.lua";
    private static final int OFFERS_PER_BUCKET = 100;
    /** Between two looks at some state buckets. */
    private static final long LOOK_MILLIS = 1_000;

    private final RedisConnection connection;
    private final RedisKeys keys;
    private final List<byte[]> scriptKeys;
    private final ChunkEncoder encoder;
    private final InstantSource clock;
    private final long buckets;
    private final byte[] script = load(SCRIPT);
    private byte[] scriptSha;
    private boolean saidNearlyFull;
    private final StateBuckets stateBuckets;
    private long lookedAt;
    private boolean damaged;

    /** Does not connect. */
    public RedisSink(RedisConfig config, InstantSource clock) {
        this(config, clock, new RedisConnection(config));
    }

    /**
     * With connections that others make.
     *
     * @param nanos monotonic time in nanoseconds
     */
    public RedisSink(RedisConfig config, InstantSource clock, RedisConnector connector, LongSupplier nanos) {
        this(config, clock, new RedisConnection(config, connector, nanos));
    }

    RedisSink(RedisConfig config, InstantSource clock, RedisConnection connection) {
        this.connection = connection;
        this.keys = new RedisKeys(config.tag());
        this.scriptKeys = keys.ofScript();
        this.buckets = Math.max(1, (config.expectedOffers() + OFFERS_PER_BUCKET - 1) / OFFERS_PER_BUCKET);
        this.encoder = new ChunkEncoder(keys, buckets);
        this.clock = clock;
        this.stateBuckets = new StateBuckets(keys);
    }

    @Override
    public String name() {
        return "redis";
    }

    @Override
    public WriteResult write(Chunk<Change> chunk) {
        List<byte[]> arguments = encoder.encode(chunk, clock.instant());
        connection.begin();
        try {
            if (!connection.isOpen()) {
                stateBuckets.reset();
                String refusal = RedisCheck.refusal(connection.get(), keys, buckets);
                if (refusal != null) {
                    connection.close(); // look again next time
                    return held(refusal);
                }
            }
            Optional<String> wrong = watchBuckets();
            if (wrong.isPresent()) {
                return held(damage(wrong.get()));
            }
            List<?> reply = (List<?>) apply(arguments);
            if (text(reply, 0).equals("empty")) {
                if (stateBuckets.isEmpty(connection.get(), buckets)) {
                    arguments.set(ChunkEncoder.NO_BUCKETS, ChunkEncoder.flag(true));
                }
                reply = (List<?>) apply(arguments); // another task may have begun the state meanwhile
            }
            return result(chunk, reply);
        } catch (RuntimeException e) { // any error of the client, or a broken answer: the next write connects again
            connection.close();
            String advice = RedisAdvice.of(e);
            return new WriteResult.Retryable(
                    "redis " + connection.address() + ": " + RedisConnection.describe(e)
                            + "; chunks are held until it takes them" + (advice == null ? "" : "; " + advice),
                    e);
        }
    }

    @Override
    public void close() {
        connection.close();
    }

    private Object apply(List<byte[]> arguments) {
        Jedis jedis = connection.get();
        if (scriptSha == null) {
            scriptSha = jedis.scriptLoad(script);
        }
        try {
            return connection.get().evalsha(scriptSha, scriptKeys, arguments);
        } catch (JedisNoScriptException e) { // another server, a restart, SCRIPT FLUSH
            scriptSha = connection.get().scriptLoad(script);
            return connection.get().evalsha(scriptSha, scriptKeys, arguments);
        }
    }

    private WriteResult result(Chunk<Change> chunk, List<?> reply) {
        String status = text(reply, 0);
        return switch (status) {
            case "done" -> {
                watchCells(number(reply, 3));
                yield new WriteResult.Done(number(reply, 1), number(reply, 2));
            }
            case "source" -> held(anotherSource(chunk, reply));
            case "format" ->
                held("the state has format " + text(reply, 1) + ", this version writes " + RedisKeys.FORMAT
                        + "; use the version that wrote it, or another redis.tag");
            case "damaged" -> held(damage(text(reply, 1)));
            case "empty" -> held(damage(keys.meta() + " is gone, but some of " + keys.prefix() + "s:* are there"));
            case "lost" -> lost(chunk.header(), Integer.parseInt(text(reply, 1)));
            case "cells" ->
                held("would number " + text(reply, 1) + " cells of category and continent, and can "
                        + RedisKeys.MAX_CELLS + "; " + RedisKeys.FEWER_CELLS);
            default -> throw new IllegalStateException("the script answered '" + status + "'");
        };
    }

    /** Looks at some buckets if it is time, or at all of them while one was missing. */
    private Optional<String> watchBuckets() {
        long now = clock.millis();
        if (!damaged && Math.abs(now - lookedAt) < LOOK_MILLIS) {
            return Optional.empty();
        }
        lookedAt = now;
        Optional<String> wrong =
                damaged ? stateBuckets.lookAtAll(connection.get()) : stateBuckets.look(connection.get());
        damaged = wrong.isPresent();
        return wrong;
    }

    private String damage(String what) {
        return what + ": keys were deleted or changed from outside. Delete all keys " + keys.prefix()
                + "*, and the topic will be counted again from its start";
    }

    private void watchCells(int cells) {
        if (!saidNearlyFull && RedisKeys.nearlyFull(cells)) {
            saidNearlyFull = true;
            LOG.warn(
                    "redis {} {} has numbered {} of {} cells of category and continent, and holds when they are used up;"
                            + " {}",
                    connection.address(),
                    keys.prefix(),
                    cells,
                    RedisKeys.MAX_CELLS,
                    RedisKeys.FEWER_CELLS);
        }
    }

    private static String anotherSource(Chunk<Change> chunk, List<?> reply) {
        Source source = chunk.header().source();
        return "the state counts topic " + text(reply, 1) + " (id " + text(reply, 2) + ", epoch " + text(reply, 3)
                + ", " + text(reply, 4) + " partitions), but " + chunk.header().describe() + " is of topic "
                + source.topic() + " (id " + source.topicId() + ", epoch " + source.epoch() + ", "
                + source.partitions() + " partitions). If the topic was re-created, raise source.epoch above "
                + text(reply, 3) + "; if partitions were added, move to a new topic and raise it; if these are other"
                + " offers, use another redis.tag";
    }

    private WriteResult lost(ChunkHeader header, int storedEpoch) {
        return new WriteResult.Retryable(
                StoreLoss.message(
                        store(),
                        storedEpoch,
                        header.source().epoch(),
                        header.acked(),
                        "Redis lost its keys, or came back older; name the right server and redis.tag"),
                null);
    }

    private WriteResult held(String reason) {
        String message = store() + " " + reason;
        LOG.debug(message);
        return new WriteResult.Retryable(message, null);
    }

    private String store() {
        return "redis " + connection.address() + " " + keys.prefix();
    }

    private static String text(List<?> reply, int index) {
        return reply.get(index) instanceof byte[] bytes
                ? new String(bytes, StandardCharsets.UTF_8)
                : String.valueOf(reply.get(index));
    }

    private static int number(List<?> reply, int index) {
        return Math.toIntExact((Long) reply.get(index));
    }

    /** A script of the class path. */
    static byte[] load(String resource) {
        try (InputStream in = RedisSink.class.getClassLoader().getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is missing on the class path; build the jar again");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + resource + " from the class path", e);
        }
    }
}
