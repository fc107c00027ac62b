package org.offerstorm.topology.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.offerstorm.core.TopologyNames;
import org.offerstorm.core.model.SourcePosition;
import org.offerstorm.core.sink.DeadLetter;
import org.offerstorm.sinks.Sinks;
import org.offerstorm.tools.figures.FiguresServer;
import org.offerstorm.tools.figures.TaskFigures;
import org.offerstorm.tools.figures.WorkerFigures;
import org.offerstorm.tools.setup.TopicIdentity;
import org.offerstorm.topology.verify.LoadedStores.Answer;
import redis.clients.jedis.Jedis;

/** {@code trace} on real servers: offers in every state that they can be in. */
class TraceTest {
    private static final String TIME = " +20\\d\\d-\\S+Z  ";
    private static final String HOSTILE = "h\u001b[31m\u202e\"";

    @TempDir
    private static Path temp;

    private static LoadedStores stores;

    @BeforeAll
    static void start() throws Exception {
        stores = new LoadedStores(temp, true);
        stores.begin();
        stores.addChanges();
        stores.send(0, "live", offer("live", 48.86, 2.35)); // 0@0
        stores.send(0, "moved", offer("moved", 48.86, 2.35)); // 0@1
        stores.send(0, "moved", offer("moved", -1.29, 36.82)); // 0@2
        stores.send(1, "gone", offer("gone", 48.86, 2.35)); // 1@0
        stores.send(1, "gone", null); // 1@1
        stores.send(1, "bad", "{\"id\":\"bad\",\"name\":7}"); // 1@2
        stores.send(1, "live", "{\"id\":\"live\",\"name\":7}"); // 1@3
        stores.send(1, HOSTILE, "{\"id\":\"x\",\"name\":\"\u009b31m\"}"); // 1@4
        stores.send(0, "again", "{\"id\":\"again\",\"name\":7}"); // 0@3
        stores.send(0, "stale", offer("stale", 48.86, 2.35)); // 0@4
        stores.send(0, "stale", offer("stale", -1.29, 36.82)); // 0@5
        stores.send(0, "odd", offer("odd", 48.86, 2.35)); // 0@6
        stores.load();
    }

    @AfterAll
    static void stop() throws Exception {
        stores.close();
    }

    @Test
    void every_store_can_be_asked() throws Exception {
        Answer answer = stores.trace("moved", "--format", "json");

        List<String> names =
                new ObjectMapper().readTree(String.join("\n", answer.lines())).findValuesAsText("store");
        assertThat(names)
                .containsExactlyInAnyOrder("dead letters", "redis", "changes", "solr", "postgres", "hdfs")
                .hasSize(Sinks.ALL.size() + 1);
    }

    @Test
    void a_live_offer_and_its_record_that_was_refused_in_another_partition() {
        Answer answer = stores.trace("live");

        assertThat(answer.errors()).isEmpty();
        assertThat(answer.exitCode()).isZero();
        assertThat(answer.lines().get(0)).matches("\"live\": live in Bâtiment\\|EU since 0@0, .*Z \\(its key's.*");
        assertThat(answer.lines())
                .anyMatch(line -> line.matches("dead letters  1@3 " + TIME + "parse, bad_type: .*"))
                .anyMatch(line -> line.matches("kafka +1@3 " + TIME + "refused, bad_type: .*"))
                .anyMatch(line -> line.matches(" +0@0 " + TIME + "Bâtiment\\|EU"))
                .anyMatch(line -> line.matches("redis +@0 +Bâtiment\\|EU"))
                .anyMatch(line -> line.matches("solr +@0 +Bâtiment\\|EU +searchable"))
                .anyMatch(line -> line.matches("postgres +0@0 " + TIME + "Bâtiment\\|EU  offers"))
                .anyMatch(line -> line.matches("hdfs +0@0 " + TIME + "Bâtiment\\|EU  .*/offers/dt=20.*avro"))
                .anyMatch(line -> line.matches("changes +published below offset \\d+ of partition 0, at 20.*Z"))
                .last()
                .isEqualTo("trace: \"live\": all stores agree");
    }

    @Test
    void a_corrected_offer_has_its_older_record_and_rows_too() {
        Answer answer = stores.trace("moved");

        assertThat(answer.exitCode()).isZero();
        assertThat(answer.lines())
                .anyMatch(line -> line.matches("kafka +0@2 " + TIME + "Bâtiment\\|AF"))
                .anyMatch(line -> line.matches(" +0@1 " + TIME + "Bâtiment\\|EU  \\(older\\)"))
                .anyMatch(line -> line.matches("hdfs +0@2 " + TIME + "Bâtiment\\|AF  .*avro"))
                .anyMatch(line -> line.matches(" +0@1 " + TIME + "Bâtiment\\|EU  .*avro"))
                .anyMatch(line -> line.matches(" +0@1 " + TIME + "Bâtiment\\|EU  offer_versions"));
    }

    @Test
    void a_deleted_offer_is_a_tombstone_in_every_store() {
        Answer answer = stores.trace("gone");

        assertThat(answer.exitCode()).isZero();
        assertThat(answer.lines().get(0)).matches("\"gone\": deleted since 1@1, .*");
        assertThat(answer.lines())
                .anyMatch(line -> line.matches("redis +@1 +deleted"))
                .anyMatch(line -> line.matches("solr +@1 +deleted  searchable"))
                .anyMatch(line -> line.matches("postgres +1@1 " + TIME + "deleted  offer_tombstones"))
                .last()
                .isEqualTo("trace: \"gone\": all stores agree");
    }

    @Test
    void a_refused_offer_is_in_the_dead_letters_alone_and_nothing_hostile_reaches_the_terminal() throws Exception {
        Answer answer = stores.trace("bad");
        assertThat(answer.exitCode()).isZero();
        assertThat(answer.lines().get(0)).startsWith("\"bad\": was never accepted");
        assertThat(answer.lines())
                .anyMatch(line -> line.matches("kafka +1@2 " + TIME + "refused, bad_type: .*"))
                .anyMatch(line -> line.matches("dead letters  1@2 " + TIME + "parse, bad_type: .*"));

        for (String format : List.of("text", "json")) {
            Answer hostile = stores.trace(HOSTILE, "--format", format);
            assertThat(hostile.exitCode()).isZero();
            assertThat(String.join("", hostile.lines()).codePoints())
                    .allMatch(c -> c >= ' ' && c != 0x9b && c != 0x202e);
            assertThat(String.join("", hostile.lines())).contains("bad_text").containsIgnoringCase("\\u001b");
        }
        assertThat(stores.trace("*:*\" OR id:live").lines().get(0)).endsWith("not found (its key's partition is 1)");
    }

    @Test
    void a_replayed_letter_names_both_records() throws Exception {
        Path file = temp.resolve("again.json");
        Files.writeString(file, offer("again", 48.86, 2.35));
        assertThat(stores.letters("replay", "0@3", "--value", file.toString()).exitCode())
                .isZero();
        stores.load();

        Answer answer = stores.trace("again");

        assertThat(answer.exitCode()).as(answer.lines() + answer.errors()).isZero();
        assertThat(answer.lines())
                .anyMatch(line -> line.matches("kafka +0@\\d+ " + TIME + "Bâtiment\\|EU  \\(replay of 0@3\\)"))
                .anyMatch(line -> line.matches(" +0@3 " + TIME + "refused, bad_type.*"))
                .anyMatch(line -> line.matches("dead letters  0@3 " + TIME + "parse, bad_type, replayed to 0@\\d+"));
    }

    @Test
    void stores_that_are_stale_lack_rows_or_hold_another_cell_are_named() throws Exception {
        try (Jedis redis = stores.redis()) {
            new StateEntry(stores.tag(), "stale")
                    .write(redis, 1L << 48 | 4, Integer.parseInt(redis.hget(stores.tag() + "cells", "Bâtiment|EU")));
        }
        stores.solr("/update?commit=true", "{\"delete\":{\"query\":\"id:stale\"}}");
        stores.postgres(
                "update offers set continent = 'NA' where id = 'stale'",
                "delete from offer_versions where id = 'stale' and \"offset\" = 4");

        Answer answer = stores.trace("stale");

        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.lines())
                .anyMatch(line -> line.matches(" +STALE: lacks 0@5: the stream has committed offset .* see 'verify'"))
                .anyMatch(line -> line.matches("solr +MISSING: lacks 0@5: .*"))
                .anyMatch(line -> line.matches(" +DIFFERENT: must be Bâtiment\\|AF; its history lacks 0@4: .*"))
                .last()
                .isEqualTo("trace: \"stale\": redis stale, solr missing, postgres different");

        try (Jedis redis = stores.redis()) {
            new StateEntry(stores.tag(), "phantom").write(redis, 1L << 48 | 3, 1);
        }
        assertThat(stores.trace("phantom").lines())
                .anyMatch(line -> line.contains("PHANTOM: offset 3 is not a record of this offer"));
    }

    @Test
    void an_offer_that_solr_refused_says_so() throws Exception {
        stores.solr("/update?commit=true", "{\"delete\":{\"query\":\"id:odd\"}}");
        stores.write(new DeadLetter(
                TopicIdentity.of(stores.config().source()),
                new SourcePosition(0, 6, 0),
                "odd".getBytes(UTF_8),
                offer("odd", 48.86, 2.35).getBytes(UTF_8),
                "solr",
                "sink_rejected",
                "too \u001bodd"));

        Answer answer = stores.trace("odd");

        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.lines())
                .contains("solr          MISSING: lacks 0@6: refused by solr (sink_rejected: too  odd), see 'dlq show"
                        + " 0@6'")
                .last()
                .isEqualTo("trace: \"odd\": solr missing");
    }

    @Test
    void what_has_not_arrived_is_found_in_the_tail_and_a_change_is_followed_through_each_store() throws Exception {
        long offset = stores.send(1, "late", offer("late", 48.86, 2.35));
        Answer late = stores.trace("late");
        assertThat(late.exitCode()).isEqualTo(1);
        assertThat(late.lines())
                .anyMatch(line -> line.matches("kafka +1@" + offset + " " + TIME + "Bâtiment\\|EU"))
                .anyMatch(line -> line.matches(
                        "redis +MISSING: lacks 1@" + offset + ": not yet arrived: partition 1 is durable below offset "
                                + offset + ", 1 behind its end; .*"));
        workers_of_the_configuration_say_what_holds_it();
        stores.load();
        assertThat(stores.trace("late").exitCode()).isZero();

        CompletableFuture<Answer> follower = supply(() -> stores.trace("late", "--follow", "--timeout", "3min"));
        CompletableFuture<Answer> json =
                supply(() -> stores.trace("late", "--follow", "--timeout", "3min", "--format", "json"));
        while (!follower.isDone() || !json.isDone()) { // the first records may be before the followers listen
            stores.send(1, "late", offer("late", 48.86, 2.35)); // moves nothing
            stores.load();
        }
        Answer followed = follower.get();
        assertThat(followed.exitCode()).as(followed.lines() + followed.errors()).isZero();
        for (String store :
                List.of("kafka", "redis", "changes", "solr", "solr, searchable", "postgres", "hdfs", "committed")) {
            assertThat(followed.lines()).anyMatch(line -> line.matches(store + " +\\+[0-9,]+ ms  .*"));
        }
        JsonNode root = new ObjectMapper().readTree(String.join("\n", json.get().lines()));
        assertThat(root.at("/followed/complete").booleanValue()).isTrue();
        assertThat(root.at("/followed/record/value").textValue()).isEqualTo("Bâtiment|EU");
        assertThat(root.at("/followed/arrivals").findValuesAsText("where")).hasSize(8);
    }

    private static void workers_of_the_configuration_say_what_holds_it() throws Exception {
        TaskFigures redis = new TaskFigures(
                "redis-counter", 3, Map.of(), Map.of(TopologyNames.METRIC_PROBLEM, "it is full"), Map.of());
        WorkerFigures worker = new WorkerFigures("t-1", 6700, 1, 0, 0, 0, 0, null, List.of(redis));
        try (FiguresServer server = FiguresServer.ofWorker(
                "localhost", new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), () -> worker)) {
            assertThat(stores.trace(
                                    "late",
                                    "-c",
                                    "dashboard.workers=127.0.0.1:"
                                            + server.address().getPort())
                            .lines())
                    .anyMatch(line ->
                            line.matches("redis +MISSING: .*, 1 behind its end; redis-counter holds: it is full.*"));
        }
        Answer missing = stores.trace("late", "-c", "dashboard.workers=missing.json");
        assertThat(missing.exitCode()).isEqualTo(1);
        assertThat(missing.errors())
                .isEqualTo("dashboard.workers: missing.json cannot be read (NoSuchFileException);"
                        + " what workers hold is not looked at\n");
    }

    @Test
    void unknown_offers_say_so_and_what_was_looked_at() {
        Answer answer = stores.trace("nobody");

        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.lines())
                .anyMatch(line -> line.matches("read of kafka +offsets 0 to \\d+ of " + stores.topic() + "-[01]"))
                .contains("hdfs          NOT LOOKED AT: no record is known whose file could be looked for; --scan reads"
                        + " all files")
                .last()
                .isEqualTo("trace: \"nobody\": unknown: no record, no dead letter and no store that was asked has it");
        assertThat(stores.trace("nobody", "--scan").lines())
                .anyMatch(line -> line.matches("hdfs +read \\d+ of \\d+ files"));
        assertThat(stores.trace("nobody", "--follow", "--timeout", "1s").exitCode())
                .isEqualTo(1);
        Answer long100k = stores.trace("x".repeat(100_000));
        assertThat(long100k.exitCode()).isEqualTo(1);
        assertThat(long100k.lines()).noneMatch(line -> line.contains("414") || line.contains("answered"));
        assertThat(long100k.lines().get(long100k.lines().size() - 1)).contains("unknown: no record");
        assertThat(stores.trace(" ").exitCode()).isEqualTo(2);
        assertThat(stores.trace("a", "--timeout", "1s").exitCode()).isEqualTo(2);
        assertThat(stores.trace("moved", "-c", "redis.uri=redis://127.0.0.1:1").exitCode())
                .isEqualTo(3);
        assertThat(stores.trace("moved", "--tail", "0").lines())
                .anyMatch(line -> line.matches("note: offsets 3 to \\d+ of .*-0 were not read; --scan reads them"));
        assertThat(stores.trace("nobody", "--tail", "1").lines())
                .anyMatch(line -> line.matches("note: offsets 0 to \\d+ of .* were not read; --scan reads them"));
    }

    /** In a thread of its, as the common pool may have one thread only. */
    private static CompletableFuture<Answer> supply(Supplier<Answer> answer) {
        return CompletableFuture.supplyAsync(answer, task -> new Thread(task, "follower").start());
    }

    private static String offer(String id, double latitude, double longitude) {
        return "{\"id\":\"" + id + "\",\"name\":\"n\",\"profession_id\":101,\"office_latitude\":" + latitude
                + ",\"office_longitude\":" + longitude + "}";
    }
}
