package org.offerstorm.sinks.redis;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.offerstorm.core.check.Check;
import org.offerstorm.core.option.NumberType;
import org.offerstorm.core.option.Option;
import org.offerstorm.core.option.Option.Single;
import org.offerstorm.core.option.OptionValues;
import org.offerstorm.core.option.ReferenceType;
import org.offerstorm.core.option.TextType;
import org.offerstorm.core.sink.CallLimit;
import org.offerstorm.core.sink.CoverageReader;
import org.offerstorm.core.sink.Guarantee;
import org.offerstorm.core.sink.HealthContext;
import org.offerstorm.core.sink.Neighbours;
import org.offerstorm.core.sink.Routing;
import org.offerstorm.core.sink.SinkFactory;
import org.offerstorm.core.sink.SinkKind;
import org.offerstorm.core.sink.StatisticsReader;
import org.offerstorm.core.tls.TlsOptions;

/** Redis, which counts the live offers of each cell. */
public final class Redis implements SinkKind<RedisConfig> {
    public static final SinkKind<RedisConfig> KIND = new Redis();

    private static final long serialVersionUID = 1L;

    private static final Single<String> URI =
            new Single<>("redis.uri", new RedisUriType(), "redis://127.0.0.1:6379", """
            Address of Redis, or of its Sentinels, which name the master at each new connection. Write a password as a reference.""");
    public static final Single<String> SENTINEL_PASSWORD = new Single<>(
            "redis.sentinel-password",
            new ReferenceType("a password", RedisConfig.NO_PASSWORD),
            RedisConfig.NO_PASSWORD,
            "Password of the Sentinels themselves; user and password in redis.uri are those of the servers.");
    private static final Single<String> TAG = new Single<>(
            "redis.tag",
            TextType.of("[^{}\\s\\p{Cntrl}]{1,100}", "1 to 100 characters without braces and blanks"),
            "offerstorm",
            "Hash tag that all keys share, which keeps them in one slot of a cluster.");
    private static final Single<Long> EXPECTED_OFFERS =
            new Single<>("redis.expected-offers", NumberType.wholeLong(1, 10_000_000_000L), "1000000", """
            Expected number of offers, live and deleted; sets the number of state buckets once, at the first write. A
            hundred offers per bucket cost 25 to 26 bytes an offer; a number ten times too small or too large costs 70 to 90.""");
    private static final Single<Duration> TIMEOUT =
            new Single<>("redis.timeout", CallLimit.TYPE, "5 s", "Deadline of one call.");
    private static final Option.Properties TLS = TlsOptions.of("redis", "Redis");

    private Redis() {}

    @Override
    public String name() {
        return "redis";
    }

    @Override
    public String title() {
        return "Redis";
    }

    @Override
    public String component() {
        return "redis-counter";
    }

    @Override
    public boolean isDefault() {
        return true;
    }

    @Override
    public List<Option> options() {
        return List.of(URI, SENTINEL_PASSWORD, TAG, EXPECTED_OFFERS, TIMEOUT, TLS);
    }

    @Override
    public Class<RedisConfig> configType() {
        return RedisConfig.class;
    }

    @Override
    public RedisConfig bind(OptionValues values) {
        return new RedisConfig(
                values.get(URI),
                values.get(TAG),
                values.get(EXPECTED_OFFERS),
                values.get(TIMEOUT),
                TlsOptions.bind(values, TLS),
                values.get(SENTINEL_PASSWORD));
    }

    @Override
    public SinkFactory factory(RedisConfig config, Neighbours neighbours) {
        return new RedisSinkFactory(config);
    }

    @Override
    public Routing routing() {
        return Routing.ANY;
    }

    @Override
    public Optional<String> oneTaskBecause() {
        return Optional.of("its script is atomic");
    }

    @Override
    public int maxCells() {
        return RedisKeys.MAX_CELLS;
    }

    @Override
    public CallLimit callLimit() {
        return new CallLimit.ByOption(TIMEOUT);
    }

    @Override
    public Guarantee guarantee() {
        return new Guarantee("the append-only file is fsynced", "counts equal to the fold of the newest versions");
    }

    /** Of the stores, Redis alone can lose what it acknowledged. */
    @Override
    public Optional<CoverageReader.Factory> coverage(RedisConfig config) {
        return Optional.of(RedisCoverage.factory(config));
    }

    @Override
    public Optional<StatisticsReader> statistics(RedisConfig config) {
        return Optional.of(new RedisStatistics(config));
    }

    @Override
    public Check health(RedisConfig config, Neighbours neighbours, HealthContext context) {
        return new RedisHealth(config, context.source(), context.clock());
    }

    @Override
    public String toString() {
        return name();
    }

    private Object readResolve() {
        return KIND;
    }
}
