package org.offerstorm.topology.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.offerstorm.core.check.Failure;
import org.offerstorm.tools.config.ConfigException;
import org.offerstorm.tools.config.ConfigLoader;

/** What {@code plan} shows, and what it refuses; no server runs. */
class PlanTest {
    @Test
    void the_graph_shows_tasks_and_how_slots_reach_their_writers() {
        String plan =
                plan("topology.spout-tasks=3", "topology.parse-tasks=2", "topology.sink-tasks=2", "topology.workers=2");

        assertThat(plan)
                .containsPattern("offer-spout +3 +3 +partition p of offers -> task p mod 3")
                .containsPattern("hdfs-writer +2 +2 +continent, slot s -> task s mod 2")
                .containsPattern("redis-counter +1 +1 +continent")
                .containsPattern("expirer +1 +1 +nothing: looks once a minute for offers that are due")
                .containsPattern("acker +2 +2 ")
                .contains("2 workers with a heap of 768 MiB", "15 executors in all");
    }

    @Test
    void the_number_of_parsing_tasks_comes_with_its_reason() {
        int cores = Runtime.getRuntime().availableProcessors();
        int tasks = ConfigLoader.defaults().topology().parseTasks();
        assertThat(tasks).isBetween(2, 4);

        assertThat(plan())
                .containsPattern("parse +" + tasks + " +" + tasks)
                .contains(
                        tasks + " tasks of parse and of continent, because this machine has " + cores + " core",
                        "parse-tasks: cores ");
        assertThat(plan("topology.parse-tasks=1"))
                .contains("\n1 task of parse and of continent, as topology.parse-tasks says.\n");
    }

    @Test
    void a_sink_that_is_left_out_has_neither_component_nor_guarantee() {
        String plan = plan("sinks=redis");

        assertThat(plan)
                .contains("redis-counter", "append-only file")
                .doesNotContain("hdfs-writer", "hsynced", "solr-indexer", "expirer");
    }

    @Test
    void a_sink_that_follows_another_takes_its_chunks_from_there() {
        String plan = plan("sinks=redis,changes", "topology.sink-tasks=2");

        assertThat(plan)
                .containsPattern("redis-counter +1 +1 +continent")
                .containsPattern("changes-publisher +1 +1 +redis-counter")
                .containsPattern("changes +its changes are in a committed transaction");
    }

    @Test
    void secrets_are_hidden_and_reported() {
        String plan = plan("redis.uri=redis://u:geheim@h:1");

        assertThat(plan).doesNotContain("geheim").contains("********", "warning:");
    }

    @Test
    void a_heap_that_cannot_hold_what_may_be_in_flight_is_reported() {
        assertThat(plan("topology.max-spout-pending=500")).contains("warning: the heap is too small");
        assertThat(plan()).doesNotContain("too small");
    }

    @Test
    void what_a_submission_refuses_is_refused() {
        assertThatThrownBy(() -> plan("topology.workers=50")).isInstanceOf(ConfigException.class);
        assertThatThrownBy(() -> plan("topology.professions=/no/such/file.csv"))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("/no/such/file.csv");
    }

    @Test
    void more_categories_than_redis_can_number_are_refused(@TempDir Path directory) throws IOException {
        Path table = directory.resolve("professions.csv");
        Files.write(table, categories(8_189));
        assertThat(plan("topology.professions=" + table)).contains("redis-counter");

        Files.write(table, categories(8_190));
        assertThatThrownBy(() -> plan("topology.professions=" + table))
                .isInstanceOf(Failure.class)
                .hasMessageContaining(table + " has 8,190 categories, Redis can hold 8,189");
        assertThat(plan("topology.professions=" + table, "sinks=hdfs,solr")).doesNotContain("redis-counter");
    }

    @Test
    void the_mapping_is_shown_with_its_fields_and_categories(@TempDir Path directory) throws IOException {
        Path mapping = Files.writeString(directory.resolve("jobs.yaml"), """
                key: from-field
                offer: {id: ref, name: title, category: branch}
                fields:
                  skills: {from: "/skills/*", type: keywords, facet: true}
                  note: {from: note, type: text}
                categories: [Care, Trade]
                """);

        assertThat(plan("source.mapping=" + mapping)).contains("epoch 1)\nMapping " + mapping + """
                : the id is in the value
                  offer       id, category, name
                  fields      skills (keywords, facet), note (text)
                  categories  2 of the mapping, \
                """);
        assertThat(plan("source.mapping=common"))
                .contains("Mapping common: the id is the record's key\n", "\n  fields      none\n");
        assertThat(plan()).doesNotContain("Mapping");
        Files.writeString(mapping, "offer: {}\n");
        assertThatThrownBy(() -> plan("source.mapping=" + mapping))
                .isInstanceOf(Failure.class)
                .hasMessageContaining(mapping + ":1:1: offer: has no name");
    }

    private static List<String> categories(int number) {
        return Stream.concat(
                        Stream.of("id,name,category_name"),
                        IntStream.range(0, number).mapToObj(i -> i + ",profession " + i + ",category " + i))
                .toList();
    }

    private static String plan(String... settings) {
        return new Plan(ConfigLoader.resolve(List.of(), List.of(settings))).text();
    }
}
