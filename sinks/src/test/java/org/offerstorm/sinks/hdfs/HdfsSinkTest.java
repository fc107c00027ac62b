package org.offerstorm.sinks.hdfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;
import org.offerstorm.core.model.Cell;
import org.offerstorm.core.model.Change;
import org.offerstorm.core.model.Chunk;
import org.offerstorm.core.model.Continent;
import org.offerstorm.core.model.Floor;
import org.offerstorm.core.sink.StoreStatistics;
import org.offerstorm.core.sink.WriteResult;
import org.offerstorm.local.servers.EmbeddedHdfs;

@ExtendWith(SharedHdfs.class)
class HdfsSinkTest {
    private final TestClock clock = new TestClock();
    private Log log;
    private HdfsSink sink;

    @BeforeEach
    void open(EmbeddedHdfs hdfs, TestInfo test) {
        log = new Log(hdfs.uri(), "/sink/" + test.getTestMethod().orElseThrow().getName());
        sink = log.sink(clock);
    }

    @AfterEach
    void close() {
        sink.close();
    }

    /** As the bolt does: a start may take several calls on a busy machine. */
    private WriteResult.Done write(Chunk<Change> chunk) throws InterruptedException {
        return Log.writeUntilDone(sink, clock, chunk);
    }

    @Test
    void a_chunk_is_readable_as_soon_as_it_is_done() throws Exception {
        assertThat(write(Log.chunk(0, 0, 100))).isEqualTo(new WriteResult.Done(100, 0));
        log.assertHoldsExactly(List.of(Log.chunk(0, 0, 100)));
        assertThat(log.avroFiles()).containsExactly("_open/s0/1/s0-1-1.avro");
    }

    @Test
    void a_replay_is_stale_also_after_a_restart_and_when_cut_otherwise() throws Exception {
        write(Log.chunk(0, 0, 100));
        assertThat(write(Log.chunk(0, 0, 100))).isEqualTo(new WriteResult.Done(0, 100));
        sink.close();
        sink = log.sink(clock);
        assertThat(write(Log.chunk(0, 50, 100))).isEqualTo(new WriteResult.Done(50, 50));
        log.assertHoldsExactly(List.of(Log.chunk(0, 0, 150)));
    }

    @Test
    void chunks_may_come_in_any_order() throws Exception {
        write(Log.chunk(0, 20, 10));
        write(Log.chunk(0, 0, 10));
        write(Log.chunk(0, 10, 10));
        assertThat(write(Log.chunk(0, 0, 30))).isEqualTo(new WriteResult.Done(0, 30));
        log.assertHoldsExactly(List.of(Log.chunk(0, 0, 30)));
    }

    @Test
    void rows_below_a_floor_are_dropped_also_after_a_restart() throws Exception {
        write(Log.floors(new Floor(0, 40)));
        assertThat(write(Log.chunk(0, 30, 20))).isEqualTo(new WriteResult.Done(10, 10));
        write(Log.drain());
        sink.close();
        sink = log.sink(clock);
        assertThat(write(Log.chunk(0, 0, 50))).isEqualTo(new WriteResult.Done(0, 50));
    }

    @Test
    void statistics_tell_files_by_date_and_those_that_are_open() throws Exception {
        write(Log.chunk(0, 0, 100));
        StoreStatistics open = statistics();
        assertThat(figure(open, "open_files")).isEqualTo(1);
        assertThat(figure(open, "files")).isZero();
        assertThat(open.dates()).isEmpty();

        write(Log.chunk(List.of(Log.upsert(1, 0, Log.NOON + Log.DAY))));
        assertThat(figure(statistics(), "open_files")).isEqualTo(2);
        write(Log.drain());

        StoreStatistics finished = statistics();
        assertThat(figure(finished, "open_files")).isEqualTo(1); // the next one, which keeps the coverage
        assertThat(figure(finished, "files")).isEqualTo(2);
        assertThat(finished.dates())
                .extracting(StoreStatistics.DateSize::date, StoreStatistics.DateSize::files)
                .containsExactly(
                        tuple(Layout.dateOf(Log.NOON + Log.DAY).toString(), 1L),
                        tuple(Layout.dateOf(Log.NOON).toString(), 1L));
        assertThat(figure(finished, "bytes"))
                .isPositive()
                .isEqualTo(finished.dates().stream()
                        .mapToLong(StoreStatistics.DateSize::bytes)
                        .sum());
    }

    @Test
    void statistics_of_a_namenode_that_is_not_there_say_so_at_once() {
        HdfsConfig away = new HdfsConfig(
                "hdfs://127.0.0.1:1", "/x", log.config.rollSizeBytes(), log.config.rollAge(), log.config.properties());
        try (HdfsStatistics reader = new HdfsStatistics(away)) {
            assertThatThrownBy(reader::read)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("127.0.0.1:1")
                    .hasMessageContaining("nothing listens");
        }
    }

    private StoreStatistics statistics() throws IOException {
        try (HdfsStatistics reader = new HdfsStatistics(log.config)) {
            return reader.read();
        }
    }

    private static long figure(StoreStatistics statistics, String name) {
        return statistics.figures().stream()
                .filter(figure -> figure.name().equals(name))
                .findFirst()
                .orElseThrow()
                .value();
    }

    @Test
    void the_table_counts_the_newest_version_of_each_offer() throws Exception {
        write(Log.chunk(0, 0, 4));
        write(Log.chunk(List.of(
                Log.upsert(0, 1000, Log.NOON), Log.upsert(0, 2001, Log.NOON), Log.delete(0, 2002, Log.NOON, "0-2"))));
        try (HdfsOffers offers = new HdfsOffers(log.config)) {
            assertThat(offers.table())
                    .isEqualTo(Map.of(Cell.of("Tech", Continent.EU), 1L, Cell.of("Tech", Continent.AF), 2L));
        }
    }

    @Test
    void a_row_keeps_all_fields_and_an_absent_one_is_null() throws Exception {
        write(Log.chunk(List.of(Log.upsert(2, 5, Log.NOON), Log.delete(2, 6, -1, "x"))));
        List<OfferRow> rows = new ArrayList<>();
        try (HdfsOffers offers = new HdfsOffers(log.config)) {
            offers.forEach(rows::add);
        }
        assertThat(rows)
                .containsExactlyInAnyOrder(
                        new OfferRow(
                                1,
                                2,
                                5,
                                Log.NOON,
                                false,
                                "2-5",
                                Cell.of("Tech", Continent.AF),
                                5L,
                                "full_time",
                                "Offer 5",
                                48.85,
                                2.35,
                                "Company",
                                "Text ".repeat(8),
                                Log.NOON,
                                RowDetails.NONE),
                        new OfferRow(
                                1,
                                2,
                                6,
                                -1,
                                true,
                                "x",
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                RowDetails.NONE));
        assertThat(rows.get(0).version())
                .isEqualTo(Log.SOURCE.version(rows.get(0).offset()));
    }

    @Test
    void a_drain_finishes_all_files_and_keeps_the_coverage() throws Exception {
        write(Log.chunk(0, 0, 10));
        write(Log.drain());
        assertThat(log.avroFiles()).containsExactly("_open/s0/1/s0-1-2.avro", "offers/dt=2026-03-01/s0-1-1.avro");
        assertThat(sink.files()).hasValue(1);
        long written = sink.bytes().orElseThrow();
        assertThat(written).isPositive();
        assertThat(write(Log.chunk(0, 0, 10))).isEqualTo(new WriteResult.Done(0, 10));
        assertThat(sink.bytes()).hasValue(written);
        sink.close();
        sink = log.sink(clock);
        assertThat(write(Log.chunk(0, 0, 11))).isEqualTo(new WriteResult.Done(1, 10));
    }

    @Test
    void finished_files_may_be_compacted_away() throws Exception {
        write(Log.chunk(0, 0, 10));
        write(Log.drain());
        sink.close();
        try (LogFiles files = log.files()) {
            files.delete(new Path(log.config.directory(), "offers/dt=2026-03-01/s0-1-1.avro"));
        }
        sink = log.sink(clock);
        assertThat(write(Log.chunk(0, 0, 11))).isEqualTo(new WriteResult.Done(1, 10));
    }

    @Test
    void a_file_is_finished_when_it_is_old_also_when_idle() throws Exception {
        write(Log.chunk(0, 0, 10));
        clock.pass(Duration.ofMinutes(9));
        sink.tick();
        assertThat(log.avroFiles()).containsExactly("_open/s0/1/s0-1-1.avro");
        clock.pass(Duration.ofMinutes(1));
        sink.tick();
        assertThat(log.avroFiles()).containsExactly("_open/s0/1/s0-1-2.avro", "offers/dt=2026-03-01/s0-1-1.avro");
        clock.pass(Duration.ofMinutes(20));
        sink.tick();
        assertThat(log.avroFiles()).hasSize(2);
    }

    @Test
    void a_file_is_finished_when_it_is_long(EmbeddedHdfs hdfs) throws Exception {
        Log small = new Log(hdfs.uri(), "/sink/small", 4000);
        try (HdfsSink writer = small.sink(clock)) {
            List<Chunk<Change>> chunks = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                chunks.add(Log.chunk(0, i * 100L, 100));
                Log.writeUntilDone(writer, clock, chunks.get(i));
            }
            small.assertHoldsExactly(chunks);
            assertThat(small.avroFiles().stream().filter(f -> f.startsWith("offers/")))
                    .hasSizeGreaterThan(2);
        }
    }

    @Test
    void a_fifth_date_finishes_the_least_recently_written() throws Exception {
        List<Change> changes = new ArrayList<>();
        for (int day = 0; day < 4; day++) {
            changes.add(Log.upsert(0, day, Log.NOON + day * Log.DAY));
        }
        write(Log.chunk(changes));
        write(Log.chunk(List.of(Log.upsert(0, 4, Log.NOON))));
        write(Log.chunk(List.of(Log.upsert(0, 5, Log.NOON + 4 * Log.DAY))));
        assertThat(log.avroFiles())
                .filteredOn(f -> f.startsWith("offers/"))
                .singleElement()
                .asString()
                .startsWith("offers/dt=2026-03-02/");
        assertThat(log.avroFiles()).filteredOn(f -> f.startsWith("_open/")).hasSize(4);
        assertThat(log.rows()).hasSize(6).doesNotHaveDuplicates();
    }

    @Test
    void one_chunk_may_have_many_dates_and_any_timestamp() throws Exception {
        List<Change> changes = new ArrayList<>();
        long[] timestamps = {-1, Long.MIN_VALUE, 0, Long.MAX_VALUE, 16_725_225_600_000L, 253_402_300_800_000L};
        for (int i = 0; i < timestamps.length; i++) {
            changes.add(Log.upsert(0, i, timestamps[i]));
        }
        for (int i = timestamps.length; i < 30; i++) {
            changes.add(Log.upsert(0, i, i * Log.DAY));
        }
        write(Log.chunk(changes));
        write(Log.drain());
        log.assertHoldsExactly(List.of(Log.chunk(changes)));
        assertThat(log.avroFiles())
                .anyMatch(f -> f.startsWith("offers/dt=1970-01-01/"))
                .anyMatch(f -> f.startsWith("offers/dt=2500-01-01/"))
                .anyMatch(f -> f.startsWith("offers/dt=9999-12-31/"))
                .allMatch(f -> f.startsWith("_open/") || f.matches("offers/dt=\\d{4}-\\d\\d-\\d\\d/s0-1-\\d+\\.avro"));
    }
}
