package org.offerstorm.sinks.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.offerstorm.core.model.Change;
import org.offerstorm.core.model.Chunk;
import org.offerstorm.core.sink.Sink;
import org.offerstorm.core.sink.WriteResult.Done;
import org.offerstorm.sinks.contract.ChunkBuilder;
import org.offerstorm.sinks.memory.InMemorySink;
import org.offerstorm.sinks.memory.InMemoryStore;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.resps.StreamEntry;

/** The script against the plain model, chunk by chunk, under replays, reordering and overlaps. */
final class RedisModelTest {
    @RegisterExtension
    static final RedisUnderTest REDIS = new RedisUnderTest();

    private final InMemoryStore model = new InMemoryStore();
    private final RedisKeys keys = new RedisKeys(REDIS.config().tag());

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void agrees_with_the_model_after_each_chunk(long seed) throws IOException {
        Random random = new Random(seed);
        List<Chunk<Change>> sent = disturbed(new RandomLog(random, 150).chunks(60, 60), random);
        try (Sink redis = new RedisSink(REDIS.config(), InstantSource.system());
                Sink expected = new InMemorySink("model", model);
                RedisCoverage coverage = new RedisCoverage(REDIS.config())) {
            for (Chunk<Change> chunk : sent) {
                Done done = (Done) expected.write(chunk);
                assertThat(redis.write(chunk)).isEqualTo(done);
                assertThat(REDIS.counts()).isEqualTo(model.counts());
                assertThat(coverage.coverage(RandomLog.SOURCE)).isEqualTo(model.coverage());
            }
        }
        streamAndRatesAddUpToTheTable();
    }

    /** Swaps neighbours, repeats earlier chunks, and joins some with their successors; all of them at least once. */
    private static List<Chunk<Change>> disturbed(List<Chunk<Change>> chunks, Random random) {
        List<Chunk<Change>> sent = new ArrayList<>(chunks);
        for (int i = 0; i + 1 < chunks.size(); i++) {
            int farther = Math.min(chunks.size() - 1, i + random.nextInt(6));
            Collections.swap(sent, i, farther);
        }
        for (int i = 0; i < chunks.size(); i++) {
            int again = random.nextInt(chunks.size() - 1);
            Chunk<Change> replay = random.nextBoolean()
                    ? chunks.get(again)
                    : ChunkBuilder.join(chunks.get(again), chunks.get(again + 1));
            sent.add(random.nextInt(sent.size()), replay);
        }
        return sent;
    }

    private void streamAndRatesAddUpToTheTable() {
        try (Jedis jedis = REDIS.client()) {
            Map<String, Long> sums = new HashMap<>();
            List<StreamEntry> entries = jedis.xrange(keys.changes(), (StreamEntryID) null, null);
            for (StreamEntry entry : entries) {
                entry.getFields().forEach((field, n) -> sums.merge(field, Long.valueOf(n), Long::sum));
            }
            sums.remove("at");
            Map<String, Long> totals = new HashMap<>();
            for (String kind : List.of("new", "corrected", "deleted")) {
                totals.put(kind, sums.remove(kind));
            }
            sums.values().removeIf(n -> n == 0);
            assertThat(sums).isEqualTo(model.counts());
            assertThat(totals.get("new") - totals.get("deleted"))
                    .isEqualTo(model.liveIds().size());

            Map<String, Long> rates = new HashMap<>();
            for (String key : jedis.keys(keys.prefix() + "rate:*")) {
                jedis.hgetAll(key).forEach((kind, n) -> rates.merge(kind, Long.valueOf(n), Long::sum));
            }
            assertThat(rates).isEqualTo(totals);
        }
    }
}
