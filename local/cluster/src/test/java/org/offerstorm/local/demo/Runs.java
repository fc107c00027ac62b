package org.offerstorm.local.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.offerstorm.core.config.SourceConfig;
import org.offerstorm.core.mapping.DataSet;
import org.offerstorm.core.mapping.Mapping;
import org.offerstorm.core.model.Cell;
import org.offerstorm.core.model.Continent;
import org.offerstorm.core.reference.ProfessionsReader;
import org.offerstorm.tools.report.CountTable;
import org.offerstorm.tools.setup.Lag;

/** Runs of the pipeline in this JVM, for tests. */
final class Runs {
    static final Path ROOT = Path.of(System.getProperty("offerstorm.root"));

    static final List<String> WITH_POSTGRES = List.of("hdfs", "solr", "redis", "postgres");

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private Runs() {}

    /** What a run found when all was durable. */
    record Outcome(StoreTables stores, long recordsInTopic, Scrape metrics) {
        /** All tables are the expected one, and every record of the topic is one row or one dead letter. */
        void assertIs(CountTable expected) {
            assertThat(stores.comparison().agree())
                    .as(stores.comparison().verdict())
                    .isTrue();
            assertThat(stores.comparison().tables().values())
                    .allSatisfy(table -> assertThat(table.differences(expected)).isEmpty());
            assertThat(stores.doubledRows()).as("doubled rows").isZero();
            assertThat(stores.rows() + stores.deadLetters())
                    .as("rows %s and letters %s", stores.rows(), stores.letters())
                    .isEqualTo(recordsInTopic);
            assertMetricsAgree();
        }

        /** Each record that the spout has read is refused or in each sink, and nothing waits. */
        private void assertMetricsAgree() {
            long read = metrics.sum("offerstorm_spout_records_total");
            long refused = metrics.sum("offerstorm_parse_rejected_total");
            assertThat(metrics.sum("offerstorm_spout_replayed_chunks_total"))
                    .as("replayed, or the sums below would be larger")
                    .isZero();
            assertThat(metrics.sum("offerstorm_dead_letters_total", "stage=\"parse\""))
                    .isEqualTo(refused);
            assertThat(metrics.sinks()).contains("hdfs", "solr", "redis").allSatisfy(sink -> {
                String label = "sink=\"" + sink + "\"";
                assertThat(metrics.sum("offerstorm_sink_passed_total", label))
                        .as(sink)
                        .isEqualTo(read);
                assertThat(metrics.sum("offerstorm_sink_written_total", label)
                                + metrics.sum("offerstorm_sink_stale_total", label)
                                + metrics.sum("offerstorm_sink_rejected_total", label))
                        .as(sink)
                        .isEqualTo(read - refused);
                assertThat(metrics.sum("offerstorm_sink_write_seconds_count", label))
                        .as(sink)
                        .isGreaterThanOrEqualTo(metrics.sum("offerstorm_spout_chunks_total"));
                assertThat(metrics.sum("offerstorm_durable_latency_seconds_count", label))
                        .as(sink)
                        .isEqualTo(read - refused);
            });
            assertThat(metrics.sum("offerstorm_sink_bytes_total", "sink=\"hdfs\""))
                    .isPositive();
            assertThat(metrics.sum("offerstorm_spout_lag_records")).isZero();
            assertThat(metrics.sum("offerstorm_spout_oldest_unsettled_seconds")).isZero();
            assertThat(metrics.sum("offerstorm_holding")).isZero();
            assertThat(metrics.sum("offerstorm_spout_partitions"))
                    .isEqualTo(metrics.samples().keySet().stream()
                            .filter(name -> name.startsWith("offerstorm_spout_lag_records"))
                            .count());
        }
    }

    /** Starts everything over the directory, produces the offers, waits until they are durable, stops everything. */
    static Outcome run(Path data, Path offers, List<String> sinks, Map<String, Object> stormSettings)
            throws IOException {
        return run(data, offers, null, sinks, stormSettings);
    }

    /** As the other, of a file with a mapping, with the usual sinks. */
    static Outcome run(Path data, Path offers, Mapping mapping, Map<String, Object> stormSettings) throws IOException {
        return run(data, offers, mapping, List.of(), stormSettings);
    }

    private static Outcome run(
            Path data, Path offers, Mapping mapping, List<String> sinks, Map<String, Object> stormSettings)
            throws IOException {
        try (DataDirectory directory = DataDirectory.open(data);
                Pipeline pipeline = Pipeline.start(
                        directory,
                        new Ports(directory.resolve("ports"), Map.of()),
                        Pipeline.ANY_PARTITIONS,
                        PATIENCE,
                        new DataSet(ProfessionsReader.read(ROOT.resolve("conf/professions.csv")), mapping),
                        sinks,
                        stormSettings,
                        part -> {});
                Feed feed = Feed.start(pipeline.config().source(), offers, mapping);
                Lag lag = new Lag(pipeline.config().source())) {
            await().atMost(PATIENCE).until(() -> feed.result() != null);
            assertThat(feed.result().isComplete()).isTrue();
            await().atMost(PATIENCE).until(() -> lag.offsets() == 0);
            // The spout asks for it once a second.
            await().atMost(PATIENCE)
                    .until(() -> Scrape.of(pipeline.figuresAddress()).sum("offerstorm_spout_lag_records") == 0);
            return new Outcome(
                    StoreTables.read(pipeline.config()),
                    recordsIn(pipeline.config().source()),
                    Scrape.of(pipeline.figuresAddress()));
        }
    }

    /** The table in a file {@code category,continent,count}. */
    static CountTable expected(Path csv) throws IOException {
        Map<Cell, Long> counts = new HashMap<>();
        try (CSVParser rows = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get()
                .parse(Files.newBufferedReader(csv))) {
            for (CSVRecord row : rows) {
                counts.put(
                        Cell.of(row.get("category"), Continent.valueOf(row.get("continent"))),
                        Long.valueOf(row.get("count")));
            }
        }
        return CountTable.of(counts);
    }

    private static long recordsIn(SourceConfig source) throws IOException {
        try (Admin admin =
                Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, source.bootstrapServers()))) {
            List<TopicPartition> partitions = admin
                    .describeTopics(List.of(source.topic()))
                    .allTopicNames()
                    .get()
                    .get(source.topic())
                    .partitions()
                    .stream()
                    .map(partition -> new TopicPartition(source.topic(), partition.partition()))
                    .toList();
            return admin
                    .listOffsets(partitions.stream()
                            .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest())))
                    .all()
                    .get()
                    .values()
                    .stream()
                    .mapToLong(end -> end.offset())
                    .sum();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        } catch (java.util.concurrent.ExecutionException e) {
            throw new IOException(e);
        }
    }
}
