package org.offerstorm.sinks.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.offerstorm.core.model.Cell;
import org.offerstorm.core.model.Continent;
import org.offerstorm.core.sink.StoreStatistics;
import org.offerstorm.core.sink.StoreStatistics.Figure;

/** What Redis holds, by what its own commands say. */
final class RedisStatisticsTest extends RedisSinkFixture {
    @AfterEach
    void forget() {
        jedis.aclDelUser("reader");
    }

    @Test
    void an_empty_redis_has_no_offers() throws IOException {
        assertThat(values(read(config)))
                .containsEntry("offers_live", 0L)
                .containsEntry("offers_unknown", 0L)
                .containsEntry("state_bytes", 0L)
                .doesNotContainKey("offers_deleted");
    }

    @Test
    void memory_is_split_by_what_it_is_for_and_offers_by_their_state() throws IOException {
        for (int i = 0; i < 50; i++) {
            log.upsert("o" + i, i % 5 == 0 ? Cell.of("Tech", Continent.UNKNOWN) : TECH);
        }
        done(log.delete("o1").delete("o2").delete("never-seen").cut());

        StoreStatistics statistics = read(config);

        assertThat(statistics.missing()).isEmpty();
        Map<String, Long> values = values(statistics);
        assertThat(values)
                .containsEntry("offers_live", 48L)
                .containsEntry("offers_deleted", 3L)
                .containsEntry("offers_unknown", 10L)
                .containsEntry("counts_bytes", jedis.memoryUsage(keys.counts()))
                .containsEntry("changes_bytes", jedis.memoryUsage(keys.changes()));
        assertThat(values.get("state_bytes"))
                .isEqualTo(jedis.keys(keys.state(0).replace("0", "") + "*").stream()
                        .mapToLong(key -> jedis.memoryUsage(key))
                        .sum());
        assertThat(values.get("used_memory_bytes")).isGreaterThan(values.get("state_bytes"));
    }

    /** docs/dashboard.md names these. */
    @Test
    void a_user_without_the_rights_gets_the_other_figures() throws IOException {
        done(log.upsert("a", TECH).cut());
        jedis.aclSetUser("reader", "reset", "on", ">open-sesame", "~" + keys.prefix() + "*", "-@all", "+hgetall");
        RedisConfig reader = new RedisConfig(
                config.uri().replace("redis://", "redis://reader:open-sesame@"), config.tag(), 1_000, config.timeout());

        StoreStatistics few = read(reader);
        assertThat(values(few)).containsOnlyKeys("offers_live", "offers_deleted", "offers_unknown");
        assertThat(few.missing()).hasSize(2).anyMatch(why -> why.contains("+memory|usage"));

        jedis.aclSetUser("reader", "+info", "+memory|usage");
        assertThat(read(reader).missing()).isEmpty();
    }

    @Test
    void a_redis_that_is_away_is_named() {
        RedisConfig away = new RedisConfig("redis://127.0.0.1:1", "x", 1_000, Duration.ofSeconds(1));
        assertThatThrownBy(() -> read(away)).isInstanceOf(IOException.class).hasMessageContaining("127.0.0.1:1");
    }

    private static StoreStatistics read(RedisConfig config) throws IOException {
        try (RedisStatistics reader = new RedisStatistics(config)) {
            return reader.read();
        }
    }

    private static Map<String, Long> values(StoreStatistics statistics) {
        List<Figure> figures = statistics.figures();
        return figures.stream().collect(Collectors.toMap(Figure::name, Figure::value));
    }
}
