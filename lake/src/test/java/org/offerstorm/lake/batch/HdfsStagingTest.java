package org.offerstorm.lake.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.offerstorm.local.servers.EmbeddedHdfs;
import org.offerstorm.sinks.hdfs.HdfsConfig;
import org.offerstorm.sinks.hdfs.HdfsSink;

/** What a run reads of a log that a writer has open. */
class HdfsStagingTest {
    @TempDir
    private static Path directory;

    private static EmbeddedHdfs hdfs;

    @BeforeAll
    static void start() throws IOException {
        hdfs = EmbeddedHdfs.start(directory, 0);
    }

    @AfterAll
    static void stop() {
        hdfs.close();
    }

    @Test
    void the_cut_is_what_the_headers_state_and_files_of_any_date_are_read() throws Exception {
        HdfsConfig config = config("/cut");
        HdfsStaging staging = staging(config);
        assertThat(staging.cut()).isEqualTo(OffsetVector.NOTHING);
        try (HdfsSink sink = sink(config)) {
            StagedOffers.write(sink, 0, 10, false); // two dates in turns: two files are open
            assertThat(staging.cut()).as("the second file's header").isEqualTo(vector(1));
            StagedOffers.write(sink, 10, 20, true); // a drain finishes both; the next header covers them
            OffsetVector cut = staging.cut();
            assertThat(cut).isEqualTo(vector(20));
            StagedOffers.write(sink, 20, 30, false);
            assertThat(staging.cut()).as("again two files, one after the other").isEqualTo(vector(21));
            assertThat(offsets(staging, OffsetVector.NOTHING, cut)).hasSize(20).doesNotContain(20L);
            assertThat(offsets(staging, vector(7), cut)).hasSize(13).doesNotContain(6L);
            assertThat(offsets(staging, cut, vector(25)))
                    .as("rows of open files")
                    .containsExactlyInAnyOrder(20L, 21L, 22L, 23L, 24L);
        }
    }

    @Test
    void a_file_that_was_read_to_its_end_is_left_out_only_above_its_rows() throws Exception {
        HdfsConfig config = config("/finished");
        HdfsStaging staging = staging(config);
        try (HdfsSink sink = sink(config)) {
            StagedOffers.write(sink, 0, 10, true);
            assertThat(offsets(staging, OffsetVector.NOTHING, vector(6))).hasSize(6);
            staging.published(vector(6));
            assertThat(offsets(staging, vector(6), vector(10)))
                    .as("its other rows")
                    .hasSize(4);
            staging.published(vector(10));
            StagedOffers.write(sink, 10, 14, true);
            assertThat(offsets(staging, vector(10), vector(14))).containsExactlyInAnyOrder(10L, 11L, 12L, 13L);
            assertThat(staging.leftOut()).as("the two files of the first ten").hasSize(2);
            assertThat(offsets(staging, OffsetVector.NOTHING, vector(14)))
                    .as("from the start")
                    .hasSize(14);
            assertThat(staging.leftOut()).isEmpty();
        }
    }

    private static HdfsConfig config(String path) {
        return new HdfsConfig(hdfs.uri(), path, 1 << 27, Duration.ofMinutes(10), Map.of());
    }

    private static HdfsStaging staging(HdfsConfig config) {
        return new HdfsStaging(
                Lakes.create().spark(), config, hdfs.uri() + config.directory() + "/lake", UnaryOperator.identity());
    }

    private static HdfsSink sink(HdfsConfig config) {
        return StagedOffers.sink(config);
    }

    private static OffsetVector vector(long next) {
        return new OffsetVector(1, new TreeMap<>(Map.of(0, next)));
    }

    private static List<Long> offsets(HdfsStaging staging, OffsetVector from, OffsetVector to) throws IOException {
        return staging.rows(from, to).select("offset").collectAsList().stream()
                .map((Row row) -> row.getLong(0))
                .toList();
    }
}
