package org.offerstorm.dashboard.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.offerstorm.core.sink.StoreStatistics;
import org.offerstorm.core.sink.StoreStatistics.Figure;
import org.offerstorm.dashboard.storage.StoreView;
import org.offerstorm.dashboard.storage.StoreView.State;
import org.offerstorm.tools.figures.Families;
import org.offerstorm.tools.figures.FiguresPages;

/** What Prometheus reads of the stores. */
class StorageMetricsTest {
    private static final List<StoreView> STORES = List.of(
            store(
                    "kafka",
                    Figure.bytes("disk_bytes", "", 90),
                    Figure.bytes("offers_bytes", "", 30),
                    Figure.number("offers_records", "", 12),
                    Figure.bytes("dead_letters_bytes", "", 0),
                    Figure.number("dead_letters_records", "", 0)),
            store(
                    "redis",
                    Figure.bytes("used_memory_bytes", "", 1_000),
                    Figure.bytes("state_bytes", "", 600),
                    Figure.bytes("counts_bytes", "", 50),
                    Figure.number("offers_live", "", 7),
                    Figure.number("offers_deleted", "", 2)),
            store(
                    "solr",
                    Figure.bytes("index_bytes", "", 4_000),
                    Figure.number("segments", "", 3),
                    Figure.number("documents_replaced", "", 5),
                    Figure.number("documents_live", "", 7),
                    Figure.number("tombstones", "", 2)),
            store(
                    "hdfs",
                    Figure.bytes("bytes", "", 500),
                    Figure.bytes("disk_bytes", "", 1_500),
                    Figure.number("files", "", 4),
                    Figure.number("open_files", "", 1)),
            store(
                    "postgres",
                    Figure.bytes("bytes", "", 70),
                    Figure.bytes("offers_bytes", "", 40),
                    Figure.number("offers_rows", "", 7)));

    @Test
    void every_figure_has_a_name_and_its_value() {
        assertThat(metrics(STORES))
                .containsExactlyInAnyOrder(
                        "offerstorm_offers{state=\"live\"} 7.0",
                        "offerstorm_store_answers{store=\"hdfs\"} 1.0",
                        "offerstorm_store_answers{store=\"kafka\"} 1.0",
                        "offerstorm_store_answers{store=\"postgres\"} 1.0",
                        "offerstorm_store_answers{store=\"redis\"} 1.0",
                        "offerstorm_store_answers{store=\"solr\"} 1.0",
                        "offerstorm_store_bytes{store=\"hdfs\"} 500.0",
                        "offerstorm_store_bytes{store=\"kafka\"} 90.0",
                        "offerstorm_store_bytes{store=\"postgres\"} 70.0",
                        "offerstorm_store_bytes{store=\"redis\"} 1000.0",
                        "offerstorm_store_bytes{store=\"solr\"} 4000.0",
                        "offerstorm_store_items{part=\"documents_live\",store=\"solr\"} 7.0",
                        "offerstorm_store_items{part=\"documents_replaced\",store=\"solr\"} 5.0",
                        "offerstorm_store_items{part=\"files\",store=\"hdfs\"} 4.0",
                        "offerstorm_store_items{part=\"offers_rows\",store=\"postgres\"} 7.0",
                        "offerstorm_store_items{part=\"open_files\",store=\"hdfs\"} 1.0",
                        "offerstorm_store_items{part=\"segments\",store=\"solr\"} 3.0",
                        "offerstorm_store_items{part=\"tombstones\",store=\"solr\"} 2.0",
                        "offerstorm_store_part_bytes{part=\"counts\",store=\"redis\"} 50.0",
                        "offerstorm_store_part_bytes{part=\"disk\",store=\"hdfs\"} 1500.0",
                        "offerstorm_store_part_bytes{part=\"offers\",store=\"postgres\"} 40.0",
                        "offerstorm_store_part_bytes{part=\"state\",store=\"redis\"} 600.0",
                        "offerstorm_topic_bytes{topic=\"dead_letters\"} 0.0",
                        "offerstorm_topic_bytes{topic=\"offers\"} 30.0",
                        "offerstorm_topic_records{topic=\"dead_letters\"} 0.0",
                        "offerstorm_topic_records{topic=\"offers\"} 12.0");
    }

    @Test
    void of_a_store_that_does_not_answer_there_is_nothing_but_that() {
        StoreView redis = STORES.get(1);
        assertThat(metrics(List.of(
                        new StoreView("redis", "", State.UNKNOWN, 1, "refused", 1, redis.statistics()),
                        new StoreView("solr", "", State.WAITING, 1, "", 0, Optional.empty()),
                        new StoreView("hdfs", "", State.UNREADABLE, 1, "no client", 0, Optional.empty()))))
                .containsExactlyInAnyOrder(
                        "offerstorm_offers{state=\"live\"} 7.0", "offerstorm_store_answers{store=\"redis\"} 0.0");
    }

    @Test
    void the_page_has_every_name_and_part() throws IOException {
        String page = Files.readString(Path.of(System.getProperty("offerstorm.root"), "docs/metrics.md"));
        Pattern value = Pattern.compile("(?:part|topic)=\"([a-z_]+)\"");
        Set<String> names = metrics(STORES).stream()
                .map(line -> line.replaceFirst("\\{.*", ""))
                .collect(Collectors.toSet());
        Set<String> parts = metrics(STORES).stream()
                .flatMap(line -> value.matcher(line).results().map(found -> found.group(1)))
                .collect(Collectors.toSet());
        assertThat(names).hasSize(7).allSatisfy(name -> assertThat(page).contains("| `" + name + "` | gauge |"));
        assertThat(parts).hasSizeGreaterThan(8).allSatisfy(part -> assertThat(page)
                .contains("`" + part + "`"));
    }

    private static StoreView store(String name, Figure... figures) {
        return new StoreView(name, name, State.KNOWN, 1, "", 1, Optional.of(StoreStatistics.of(List.of(figures))));
    }

    private static List<String> metrics(List<StoreView> stores) {
        Families families = new Families();
        StorageMetrics.add(families, stores, Map.of("live", 7L));
        return FiguresPages.of(() -> families, List::of)
                .get(FiguresPages.METRICS)
                .get("")
                .body()
                .lines()
                .filter(line -> line.startsWith("offerstorm_"))
                .toList();
    }
}
