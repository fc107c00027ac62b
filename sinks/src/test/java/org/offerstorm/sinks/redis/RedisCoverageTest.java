package org.offerstorm.sinks.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.offerstorm.core.model.Change;
import org.offerstorm.core.model.Chunk;
import org.offerstorm.core.model.Source;
import org.offerstorm.sinks.contract.ChunkBuilder;

/** How far the log is counted, by partition: without gaps, and of one topic alone. */
final class RedisCoverageTest extends RedisSinkFixture {
    @Test
    void ranges_that_come_early_are_parked_until_the_coverage_reaches_them() throws IOException {
        Chunk<Change> first = log.skip(0, 10).cut();
        Chunk<Change> second = log.skip(0, 10).cut();
        Chunk<Change> third = log.skip(0, 10).cut();
        Chunk<Change> fourth = log.skip(0, 10).cut();
        done(first);
        assertThat(coverage()).isEqualTo(Map.of(0, 10L));
        done(fourth);
        done(third);
        assertThat(coverage()).isEqualTo(Map.of(0, 10L));
        assertThat(jedis.hgetAll(keys.parked())).isEqualTo(Map.of("0", "20-40"));
        done(second);
        assertThat(coverage()).isEqualTo(Map.of(0, 40L));
        assertThat(jedis.exists(keys.parked())).isFalse();
    }

    @Test
    void only_the_start_of_the_log_creates_coverage() throws IOException {
        Chunk<Change> first = log.skip(0, 10).cut();
        Chunk<Change> second = log.upsert("a", TECH).cut();
        done(second);
        assertThat(coverage()).isEmpty();
        done(first);
        assertThat(coverage()).isEqualTo(Map.of(0, 11L));
    }

    @Test
    void coverage_of_a_later_log_start_does_not_jump_over_a_gap() throws IOException {
        done(log.skip(0, 10).cut());
        ChunkBuilder shortened = new ChunkBuilder(SOURCE).skip(0, 10);
        shortened.cut();
        Chunk<Change> beyond = shortened.skip(0, 5).upsert("a", TECH).cut();
        done(beyond);
        assertThat(coverage()).isEqualTo(Map.of(0, 16L)); // [10, 16) joins
        jedis.hset(keys.coverage(), "0", "3"); // as if less had been kept
        done(beyond);
        assertThat(coverage()).isEqualTo(Map.of(0, 3L));
    }

    @Test
    void coverage_of_another_source_is_refused_and_that_of_a_lower_epoch_is_none() throws IOException {
        assertThat(coverage()).isEmpty(); // nothing was ever written
        done(log.skip(0, 10).cut());
        Source raised = new Source("offers", "AnotherTopicIdOfOffers", 2, 3);
        Source other = new Source("offers", "AnotherTopicIdOfOffers", 1, 1);
        try (RedisCoverage reader = new RedisCoverage(config)) {
            assertThat(reader.coverage(raised)).isEmpty();
            assertThatThrownBy(() -> reader.coverage(other))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("AnotherTopicIdOfOffers")
                    .hasMessageContaining(SOURCE.topicId());
            assertThat(reader.coverage(SOURCE)).isEqualTo(Map.of(0, 10L));
        }
    }

    @Test
    void raised_epoch_starts_the_coverage_again() throws IOException {
        done(log.skip(0, 10).upsert("a", TECH).cut());
        Source raised = new Source("offers", "TheTopicWasMadeOnceMor", 2, 2);
        ChunkBuilder newLog = new ChunkBuilder(raised).skip(1, 7);
        done(newLog.cut());
        try (RedisCoverage reader = new RedisCoverage(config)) {
            assertThat(reader.coverage(raised)).isEqualTo(Map.of(1, 7L));
            assertThatThrownBy(() -> reader.coverage(SOURCE)).isInstanceOf(IOException.class);
        }
        assertThat(held(log.upsert("a", RETAIL).cut())).contains("epoch 2"); // a writer of the old log
        assertThat(REDIS.counts()).isEqualTo(Map.of("Tech|EU", 1L));
    }
}
