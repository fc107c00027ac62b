package org.offerstorm.bolts;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.apache.storm.redis.bolt.RedisLookupBolt;
import org.apache.storm.redis.common.config.JedisPoolConfig;
import org.apache.storm.task.OutputCollector;
import org.apache.storm.tuple.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.offerstorm.bolts.testing.RecordingCollector;
import org.offerstorm.core.model.Cell;
import org.offerstorm.core.model.Continent;
import org.offerstorm.core.model.Source;
import org.offerstorm.core.sink.Sink;
import org.offerstorm.core.sink.WriteResult;
import org.offerstorm.local.servers.EmbeddedRedis;
import org.offerstorm.sinks.contract.ChunkBuilder;
import org.offerstorm.sinks.redis.RedisConfig;
import org.offerstorm.sinks.redis.RedisSink;

/** storm-redis' stock lookup bolt, in somebody else's topology, reads the counts. */
class CellCountMapperTest {
    private static final String TAG = "shop";

    @Test
    void the_stock_lookup_bolt_reads_live_counts(@TempDir Path directory) throws Exception {
        try (EmbeddedRedis redis = EmbeddedRedis.start(directory, 0)) {
            RedisConfig config = new RedisConfig(redis.uri(), TAG, 1_000, Duration.ofMinutes(1));
            try (Sink sink = new RedisSink(config, InstantSource.system())) {
                Cell tech = Cell.of("Tech, & more", Continent.EU);
                ChunkBuilder log = new ChunkBuilder(new Source("offers", "id", 1, 1));
                assertThat(sink.write(log.upsert("a", tech).upsert("b", tech).cut()))
                        .isEqualTo(new WriteResult.Done(2, 0));
            }
            RecordingCollector collector = new RecordingCollector();
            URI uri = URI.create(redis.uri());
            RedisLookupBolt bolt = new RedisLookupBolt(
                    new JedisPoolConfig.Builder()
                            .setHost(uri.getHost())
                            .setPort(uri.getPort())
                            .setTimeout(60_000)
                            .build(),
                    new CellCountMapper(TAG));
            bolt.prepare(Map.of(), null, new OutputCollector(collector));
            try {
                bolt.execute(question("Tech, & more", "EU"));
                bolt.execute(question("Tech, & more", "AS"));
            } finally {
                bolt.cleanup();
            }

            assertThat(collector.emitted)
                    .extracting(RecordingCollector.Emitted::values)
                    .containsExactly(List.of("Tech, & more", "EU", 2L), List.of("Tech, & more", "AS", 0L));
            assertThat(collector.acked).hasSize(2);
            assertThat(collector.failed).isEmpty();
        }
    }

    /** A tuple with two fields, from some component. */
    private static Tuple question(String category, String continent) {
        Map<String, String> fields = Map.of(CellCountMapper.CATEGORY, category, CellCountMapper.CONTINENT, continent);
        return (Tuple) Proxy.newProxyInstance(
                Tuple.class.getClassLoader(),
                new Class<?>[] {Tuple.class},
                (proxy, method, args) -> switch (method.getName()) {
                    case "getStringByField" -> fields.get((String) args[0]);
                    case "hashCode" -> System.identityHashCode(proxy);
                    case "equals" -> proxy == args[0];
                    default -> "some";
                });
    }
}
