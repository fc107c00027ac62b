package org.offerstorm.sinks.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.offerstorm.core.model.Change;
import org.offerstorm.core.model.Chunk;
import org.offerstorm.core.model.Source;
import org.offerstorm.core.sink.Sink;
import org.offerstorm.core.sink.WriteResult.Done;
import org.offerstorm.sinks.contract.ChunkBuilder;

/** What is Redis' own in what the sink writes: keys, versions, buckets, rates. The contract suite has the rest. */
final class RedisSinkTest extends RedisSinkFixture {
    @Test
    void cell_without_offers_has_no_field() throws IOException {
        done(log.upsert("a", TECH).upsert("b", RETAIL).cut());
        done(log.delete("a").cut());
        assertThat(jedis.hgetAll(keys.counts())).isEqualTo(Map.of("Retail|AS", "1"));
        try (RedisCounts counts = new RedisCounts(config)) {
            assertThat(counts.read()).isEqualTo(Map.of(RETAIL, 1L));
        }
    }

    @Test
    void all_keys_share_one_hash_tag() {
        done(log.upsert("a", TECH).cut());
        assertThat(jedis.keys("*")).allMatch(key -> key.startsWith("{test}:"));
    }

    @Test
    void versions_beyond_fourteen_digits_stay_exact() {
        Source last = new Source("offers", "Zk2TqRr3S2mYxJ0nV8c1aA", Source.MAX_EPOCH, 1);
        ChunkBuilder far = new ChunkBuilder(last).skip(0, (1L << 48) - 4);
        done(far.cut());
        Chunk<Change> first = far.upsert("a", TECH).cut();
        Chunk<Change> second = far.upsert("a", RETAIL).cut();
        done(second);
        assertThat(sink.write(first)).isEqualTo(new Done(0, 1));
        assertThat(sink.write(second)).isEqualTo(new Done(0, 1));
        assertThat(jedis.hget(keys.coverage(), "0")).isEqualTo(Long.toString((1L << 48) - 2));
    }

    @Test
    void number_of_buckets_is_that_of_the_first_write() throws IOException {
        Chunk<Change> first = log.upsert("a", TECH).upsert("b", TECH).cut();
        done(first);
        RedisConfig larger = new RedisConfig(config.uri(), config.tag(), 1_000_000, config.timeout());
        try (Sink after = new RedisSink(larger, InstantSource.system())) {
            assertThat(after.write(first)).isEqualTo(new Done(0, 2));
        }
        assertThat(jedis.hget(keys.meta(), "buckets")).isEqualTo("10");
        assertThat(REDIS.counts()).isEqualTo(Map.of("Tech|EU", 2L));
    }

    @Test
    void rates_are_those_of_the_records_minute_and_expire() {
        long minute = now.toEpochMilli() / 60_000;
        done(log.timestamp(now.toEpochMilli())
                .upsert("a", TECH)
                .upsert("b", TECH)
                .delete("nobody")
                .cut());
        Chunk<Change> next = log.timestamp(now.toEpochMilli() + 60_000)
                .upsert("a", TECH)
                .delete("b")
                .cut();
        done(next);
        done(next);
        done(log.timestamp(-1)
                .upsert("c", TECH)
                .timestamp(4_102_444_800_000L)
                .upsert("d", TECH)
                .cut());
        assertThat(jedis.hgetAll(keys.rate(minute))).isEqualTo(Map.of("new", "2"));
        assertThat(jedis.hgetAll(keys.rate(minute + 1))).isEqualTo(Map.of("corrected", "1", "deleted", "1"));
        assertThat(jedis.keys(keys.prefix() + "rate:*")).hasSize(2); // no year 1969, no year 2100
        assertThat(jedis.ttl(keys.rate(minute))).isPositive();
    }

    @Test
    void factories_travel_in_the_topology() throws IOException {
        try (ObjectOutputStream out = new ObjectOutputStream(new ByteArrayOutputStream())) {
            out.writeObject(new RedisSinkFactory(config));
            out.writeObject(RedisCoverage.factory(config));
        }
    }
}
