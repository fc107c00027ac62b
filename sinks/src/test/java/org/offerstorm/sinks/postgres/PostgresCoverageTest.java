package org.offerstorm.sinks.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.offerstorm.core.model.Cell;
import org.offerstorm.core.model.Change;
import org.offerstorm.core.model.Chunk;
import org.offerstorm.core.model.Continent;
import org.offerstorm.core.model.Source;
import org.offerstorm.core.sink.Sink;
import org.offerstorm.core.sink.StoreStatistics;
import org.offerstorm.core.sink.WriteResult.Done;
import org.offerstorm.core.sink.WriteResult.Retryable;
import org.offerstorm.sinks.contract.ChunkBuilder;

/** How far the log is written, by partition: without gaps, and of one topic alone. */
final class PostgresCoverageTest {
    @RegisterExtension
    static final PostgresUnderTest POSTGRES = new PostgresUnderTest();

    private static final Source SOURCE = new Source("offers", "Zk2TqRr3S2mYxJ0nV8c1aA", 1, 1);
    private static final Cell TECH = Cell.of("Tech", Continent.EU);

    private final ChunkBuilder log = new ChunkBuilder(SOURCE);
    private final Sink sink = new PostgresSink(POSTGRES.config(), "g");

    @AfterEach
    void close() {
        sink.close();
    }

    @Test
    void ranges_that_come_early_are_parked_until_the_coverage_reaches_them() throws Exception {
        Chunk<Change> first = log.skip(0, 10).cut();
        Chunk<Change> second = log.skip(0, 10).cut();
        Chunk<Change> third = log.skip(0, 10).cut();
        Chunk<Change> fourth = log.skip(0, 10).cut();
        done(first);
        assertThat(coverage(SOURCE)).isEqualTo(Map.of(0, 10L));
        done(fourth);
        assertThat(parked()).isEqualTo(Map.of(0, "30-40"));
        done(third);
        assertThat(coverage(SOURCE)).isEqualTo(Map.of(0, 10L));
        assertThat(parked()).isEqualTo(Map.of(0, "20-40"));
        done(second);
        assertThat(coverage(SOURCE)).isEqualTo(Map.of(0, 40L));
        assertThat(parked()).isEmpty();
    }

    @Test
    void statistics_tell_the_size_of_each_table_with_its_partitions() throws Exception {
        for (int i = 0; i < 300; i++) {
            log.upsert("o" + i, TECH);
        }
        done(log.delete("o1").cut());
        POSTGRES.execute("analyze offers", "analyze offer_versions", "analyze offer_tombstones");

        try (PostgresStatistics reader = new PostgresStatistics(POSTGRES.config())) {
            Map<String, Long> values = reader.read().figures().stream()
                    .collect(Collectors.toMap(StoreStatistics.Figure::name, StoreStatistics.Figure::value));
            assertThat(values)
                    .containsEntry("offers_rows", 299L)
                    .containsEntry("offer_versions_rows", 301L)
                    .containsEntry("offer_tombstones_rows", 1L)
                    .containsEntry(
                            "offer_versions_bytes",
                            Long.valueOf(POSTGRES.value("select sum(pg_total_relation_size(relid)) from"
                                    + " pg_partition_tree('offer_versions') where isleaf")))
                    .containsEntry(
                            "bytes",
                            values.entrySet().stream()
                                    .filter(entry -> entry.getKey().endsWith("_bytes"))
                                    .mapToLong(Map.Entry::getValue)
                                    .sum());
        }
    }

    @Test
    void only_the_start_of_the_log_creates_coverage() throws Exception {
        Chunk<Change> first = log.skip(0, 10).cut();
        done(log.upsert("a", TECH).cut());
        assertThat(coverage(SOURCE)).isEmpty();
        done(first);
        assertThat(coverage(SOURCE)).isEqualTo(Map.of(0, 11L));
    }

    @Test
    void coverage_of_another_source_is_refused_and_that_of_a_lower_epoch_is_none() throws Exception {
        assertThat(coverage(SOURCE)).isEmpty(); // nothing was ever written
        done(log.skip(0, 10).cut());
        assertThat(coverage(new Source("offers", "AnotherTopicIdOfOffers", 2, 3)))
                .isEmpty();
        assertThatThrownBy(() -> coverage(new Source("offers", "AnotherTopicIdOfOffers", 1, 1)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("AnotherTopicIdOfOffers")
                .hasMessageContaining(SOURCE.topicId());
        assertThat(coverage(SOURCE)).isEqualTo(Map.of(0, 10L));
    }

    @Test
    void a_raised_epoch_starts_the_coverage_again_and_ends_the_writers_of_the_old_log() throws Exception {
        done(log.skip(0, 10).upsert("a", TECH).cut());
        Source raised = new Source("offers", "TheTopicWasMadeOnceMor", 2, 2);
        done(new ChunkBuilder(raised).skip(1, 7).cut());
        assertThat(coverage(raised)).isEqualTo(Map.of(1, 7L));
        assertThatThrownBy(() -> coverage(SOURCE)).isInstanceOf(IOException.class);
        assertThat(((Retryable) sink.write(log.upsert("a", TECH).cut())).message())
                .contains("epoch 2");
    }

    private void done(Chunk<Change> chunk) {
        assertThat(sink.write(chunk)).isInstanceOf(Done.class);
    }

    private static Map<Integer, Long> coverage(Source source) throws IOException {
        try (PostgresCoverage coverage = new PostgresCoverage(POSTGRES.config())) {
            return coverage.coverage(source);
        }
    }

    private static Map<Integer, String> parked() throws IOException {
        try (PostgresTables tables = new PostgresTables(POSTGRES.config())) {
            return tables.parked();
        }
    }
}
