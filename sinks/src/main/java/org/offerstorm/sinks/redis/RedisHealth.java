package org.offerstorm.sinks.redis;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.offerstorm.core.check.Check;
import org.offerstorm.core.check.Finding;
import org.offerstorm.core.model.Source;
import org.offerstorm.core.secret.Secrets;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisAccessControlException;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.exceptions.JedisMovedDataException;

/** Whether Redis will take the sink's writes and keep them. Writes two small keys below the sink's tag, and deletes them. */
public final class RedisHealth implements Check {
    private static final String NAME = "redis";
    private static final String PROBE = "conf/redis/probe.lua";
    /** All that the sink and this check ask for, and nothing that reaches other keys or the server. */
    private static final String RIGHTS =
            "-@all +info +multi +exec +script|load +evalsha +eval +hset +hget +hmget +hgetall +hlen"
                    + " +hdel +hincrby +exists +del +expireat +xadd +xlen +role";
    /** Streams (XADD) came with 5.0. */
    private static final int OLDEST_MAJOR = 5;
    /** Measured with the default of redis.expected-offers and above; see docs of that option. */
    private static final int BYTES_PER_OFFER = 23;
    /** Records this far ahead of the worker's clock have no rate. */
    private static final Duration MAX_SKEW = ChunkEncoder.RATE_AHEAD.dividedBy(20);

    private final RedisConfig config;
    private final Supplier<Optional<Source>> source;
    private final InstantSource clock;
    private final RedisKeys keys;
    private final String where;

    /**
     * Does not connect.
     *
     * @param source the stream that is to be counted; empty if it is not known. May take its time
     * @throws IllegalArgumentException if {@code redis.uri} is not an address
     */
    public RedisHealth(RedisConfig config, Supplier<Optional<Source>> source, InstantSource clock) {
        this.config = config;
        this.source = source;
        this.clock = clock;
        this.keys = new RedisKeys(config.tag());
        this.where = new RedisAddress(config).toString();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String where() {
        return where;
    }

    @Override
    public void run(Consumer<Finding> found) {
        try (RedisConnection connection = new RedisConnection(config)) {
            connection.begin();
            if (look(connection, found)) {
                replication(connection, found);
                probe(connection, found);
                cells(connection.get(), found);
                buckets(connection.get(), found);
                stored(found); // last: it waits for Kafka, and the connection's deadline passes meanwhile
            }
        } catch (Secrets.Unresolved e) {
            found.accept(Finding.fail(NAME, where, e.getMessage(), e.fix("redis.uri")));
        } catch (NoMasterException e) {
            found.accept(Finding.fail(NAME, where, e.getMessage(), e.fix()));
        } catch (JedisAccessControlException e) {
            found.accept(Finding.fail(
                    NAME,
                    where,
                    "refuses the login: " + RedisConnection.describe(e),
                    "correct the user and password in redis.uri"));
        } catch (JedisMovedDataException e) {
            found.accept(Finding.fail(
                    NAME,
                    where,
                    "is a node of a Redis cluster that does not hold the slot of " + keys.prefix() + ", which is at "
                            + e.getTargetNode(),
                    "name that node in redis.uri; nothing follows a fail-over of a cluster, which Sentinels allow"));
        } catch (JedisDataException e) {
            found.accept(Finding.fail(
                    NAME,
                    where,
                    "answers, but refuses: " + RedisConnection.describe(e),
                    e.getMessage().startsWith("LOADING")
                            ? "wait until it has read its data"
                            : "see the user and password in redis.uri, and what the server's log says"));
        } catch (JedisException e) {
            found.accept(Finding.fail(
                    NAME,
                    where,
                    (e instanceof JedisConnectionException ? "cannot be reached: " : "fails: ")
                            + RedisConnection.reason(e),
                    Optional.ofNullable(RedisAdvice.of(e)).orElse("start Redis there, or correct redis.uri")));
        } catch (IllegalArgumentException e) { // the address that a secret makes
            found.accept(Finding.fail(NAME, where, e.getMessage(), "correct redis.uri, or the secret it names"));
        }
    }

    /** Whether it is worth to look further. */
    private boolean look(RedisConnection connection, Consumer<Finding> found) {
        Jedis jedis = connection.get();
        Map<String, String> info = RedisCheck.info(jedis.info());
        String version = info.getOrDefault("redis_version", "unknown");
        if (major(version) < OLDEST_MAJOR) {
            found.accept(Finding.fail(
                    NAME, where, "is version " + version, "install Redis " + OLDEST_MAJOR + " or later (7 is proved)"));
            return false;
        }
        if (!info.getOrDefault("role", "master").equals("master")) {
            found.accept(Finding.fail(
                    NAME,
                    where,
                    "is a replica of " + info.get("master_host") + ":" + info.get("master_port"),
                    "name the master in redis.uri"));
            return false;
        }
        found.accept(Finding.ok(NAME, where, "Redis " + version + ", a master" + at(connection) + user(jedis)));
        found.accept(eviction(info));
        found.accept(persistence(jedis, info));
        clock(jedis, found);
        return true;
    }

    /** Which of the servers that the Sentinels watch. */
    private static String at(RedisConnection connection) {
        return connection.where().asked().isEmpty() ? "" : ", " + connection.address();
    }

    private void replication(RedisConnection connection, Consumer<Finding> found) {
        connection.where().asked().ifPresent(uri -> {
            found.accept(
                    new ReplicaHealth(where).of(RedisCheck.info(connection.get().info("replication"))));
            new SentinelHealth(where, connection.where().sentinels(), uri).run(found);
        });
        connection.begin(); // the Sentinels took their time
    }

    /** Who it takes us for; empty if it does not let this user ask. */
    private static String user(Jedis jedis) {
        try {
            return ", as user " + jedis.aclWhoAmI();
        } catch (JedisDataException e) { // it may not ask; whether it may do the rest is seen below
            return "";
        }
    }

    private Finding eviction(Map<String, String> info) {
        String name = "redis memory";
        String policy = info.getOrDefault("maxmemory_policy", "noeviction");
        if (!policy.equals("noeviction")) {
            return Finding.fail(
                    name,
                    where,
                    "maxmemory-policy is " + policy + ", which drops counters when memory is full",
                    "CONFIG SET maxmemory-policy noeviction, and the same in redis.conf");
        }
        long limit = number(info, "maxmemory");
        long needed = config.expectedOffers() * BYTES_PER_OFFER;
        if (limit > 0 && needed > limit) {
            return Finding.warn(
                    name,
                    where,
                    "maxmemory is " + (limit >> 20) + " MiB, redis.expected-offers need about " + (needed >> 20)
                            + " MiB; when it is full the stream waits",
                    "raise maxmemory");
        }
        return Finding.ok(
                name,
                where,
                "noeviction, " + (limit == 0 ? "no limit" : "at most " + (limit >> 20) + " MiB") + ", "
                        + (number(info, "used_memory") >> 20) + " MiB used");
    }

    private Finding persistence(Jedis jedis, Map<String, String> info) {
        String name = "redis persistence";
        if (info.getOrDefault("aof_last_write_status", "ok").equals("err")) {
            return Finding.fail(
                    name, where, "the append-only file cannot be written", "see the server's log, and its disk");
        }
        String loses = ": a crash of Redis loses what it acknowledged, and it is read again from the topic";
        if (info.getOrDefault("aof_enabled", "0").equals("0")) {
            return Finding.warn(
                    name,
                    where,
                    "appendonly is off" + loses,
                    "CONFIG SET appendonly yes, CONFIG SET appendfsync always, and the same in redis.conf");
        }
        Optional<String> known = RedisCheck.fsync(jedis);
        if (known.isEmpty()) {
            return Finding.warn(
                    name,
                    where,
                    "appendonly is on; appendfsync is not known, because CONFIG GET is refused",
                    "see that it is always, or let this user read it: ACL SETUSER … +config|get");
        }
        String fsync = known.get();
        return fsync.equals("always")
                ? Finding.ok(name, where, "appendonly, appendfsync always")
                : Finding.warn(
                        name,
                        where,
                        "appendfsync is " + fsync + loses,
                        "CONFIG SET appendfsync always, and the same in redis.conf");
    }

    private void clock(Jedis jedis, Consumer<Finding> found) {
        List<String> time;
        try {
            time = jedis.time();
        } catch (JedisDataException e) {
            return; // not permitted; the sink does not need it
        }
        Duration skew = Duration.between(clock.instant(), Instant.ofEpochSecond(Long.parseLong(time.get(0))))
                .abs();
        if (skew.compareTo(MAX_SKEW) > 0) {
            found.accept(Finding.warn(
                    "redis clock",
                    where,
                    "differs from this machine's by " + skew.toSeconds() + " s; rates are of the wrong minute",
                    "let both machines take their time from NTP"));
        }
    }

    /** Does what the script does. */
    private void probe(RedisConnection connection, Consumer<Finding> found) {
        String name = "redis permissions";
        byte[] sha = connection.get().scriptLoad(RedisSink.load(PROBE));
        List<byte[]> probeKeys =
                List.of(RedisKeys.bytes(keys.prefix() + "probe"), RedisKeys.bytes(keys.prefix() + "probe-stream"));
        Object reply = connection.get().evalsha(sha, probeKeys, List.of());
        String refused = ((List<?>) reply)
                .stream()
                        .map(error -> new String((byte[]) error, StandardCharsets.UTF_8))
                        .collect(Collectors.joining("; "));
        found.accept(
                refused.isEmpty()
                        ? Finding.ok(name, where, "the script's commands are permitted on " + keys.prefix() + "*")
                        : Finding.fail(
                                name, where, refused, "permit them: ACL SETUSER … ~" + keys.prefix() + "* " + RIGHTS));
    }

    private void stored(Consumer<Finding> found) {
        Optional<Source> stream = source.get();
        if (stream.isEmpty()) {
            return;
        }
        String name = "redis state";
        try (RedisCoverage coverage = new RedisCoverage(config)) {
            Map<Integer, Long> covered = coverage.coverage(stream.get());
            found.accept(Finding.ok(
                    name,
                    where,
                    covered.isEmpty()
                            ? keys.prefix() + "* counts nothing of this topic yet"
                            : keys.prefix() + "* counts this topic, " + covered.size() + " partitions"));
        } catch (IOException e) {
            found.accept(Finding.fail(
                    name, where, RedisConnection.describe(e), "see what redis.tag and source.epoch must be"));
        }
    }

    /** Cells that are no longer used keep their numbers. */
    private void cells(Jedis jedis, Consumer<Finding> found) {
        long cells = jedis.hlen(keys.cells());
        if (RedisKeys.nearlyFull(cells)) {
            found.accept(Finding.warn(
                    "redis cells",
                    where,
                    cells + " of " + RedisKeys.MAX_CELLS + " cells of category and continent are numbered; when they"
                            + " are used up the stream holds",
                    RedisKeys.FEWER_CELLS));
        }
    }

    /** The sink's own look takes some minutes if there are very many. */
    private void buckets(Jedis jedis, Consumer<Finding> found) {
        new StateBuckets(keys)
                .lookAtAll(jedis)
                .ifPresent(wrong -> found.accept(Finding.fail(
                        "redis state",
                        where,
                        wrong + ": keys were deleted from outside",
                        "delete all keys " + keys.prefix() + "*, and the topic will be counted again from its start")));
    }

    private static int major(String version) {
        try {
            return Integer.parseInt(version.split("\\.", 2)[0]);
        } catch (NumberFormatException e) {
            return Integer.MAX_VALUE; // a service that hides it
        }
    }

    private static long number(Map<String, String> info, String name) {
        try {
            return Long.parseLong(info.getOrDefault(name, "0"));
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
