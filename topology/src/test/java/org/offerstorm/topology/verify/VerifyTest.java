package org.offerstorm.topology.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FileUtil;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.offerstorm.core.mapping.DataSet;
import org.offerstorm.core.model.Source;
import org.offerstorm.core.model.SourcePosition;
import org.offerstorm.core.sink.DeadLetter;
import org.offerstorm.tools.config.ReferenceTable;
import org.offerstorm.tools.setup.TopicIdentity;
import org.offerstorm.tools.verify.NotFinished;
import org.offerstorm.tools.verify.Result;
import org.offerstorm.tools.verify.TextReport;
import org.offerstorm.tools.verify.Verification;
import org.offerstorm.tools.verify.VerifyProgress;
import org.offerstorm.topology.verify.LoadedStores.Answer;
import redis.clients.jedis.Jedis;

/** Stores that agree, and stores damaged by hand: verify names each damage. */
class VerifyTest {
    private static final long VERSION = 1L << 48;
    private static final String CLEAN =
            "verify: 10 records, 4 live offers: redis, solr, postgres, hdfs and dead letters agree";

    @TempDir
    private static Path temp;

    private static LoadedStores stores;

    @BeforeAll
    static void start() throws Exception {
        stores = new LoadedStores(temp, true);
    }

    @AfterAll
    static void stop() throws Exception {
        stores.close();
    }

    /** Two partitions: offers a to e, of which b moved, c is deleted, d is deleted and back; one bad record. */
    @BeforeEach
    void load() throws Exception {
        stores.begin();
        stores.send(0, "a", offer("a", 101, 48.86, 2.35));
        stores.send(0, "b", offer("b", 101, 48.86, 2.35));
        stores.send(0, "c", offer("c", 205, -1.29, 36.82));
        stores.send(0, "b", offer("b", 999_999, -1.29, 36.82));
        stores.send(0, "c", null);
        stores.send(1, "d", offer("d", 101, 35.68, 139.69));
        stores.send(1, "d", null);
        stores.send(1, "d", offer("d", 101, 40.71, -74.01));
        stores.send(1, "e", "{\"id\":\"e\",\"name\":\"no place, no profession\"}");
        stores.send(1, "e", "{\"id\":\"e\",\"name\":7}");
        stores.load();
    }

    @Test
    void stores_that_agree_then_a_counter_that_was_incremented() throws Exception {
        Answer clean = stores.verify();
        assertThat(clean.lines()).containsExactly(CLEAN);
        assertThat(clean.exitCode()).isZero();
        assertThat(clean.errors()).isEmpty();

        assertThat(stores.verify("-c", "sinks=redis").lines())
                .containsExactly(
                        "solr is not in 'sinks': not compared",
                        "hdfs is not in 'sinks': not compared",
                        "verify: 10 records, 4 live offers: redis and dead letters agree");

        try (Jedis redis = stores.redis()) {
            redis.hincrBy(stores.tag() + "counts", "Bâtiment|EU", 1);
        }
        assertFound("redis: 1 miscounted", "  Bâtiment|EU: is 2, must be 1");

        Answer json = stores.verify("--format", "json");
        JsonNode root = new ObjectMapper().readTree(String.join("\n", json.lines()));
        assertThat(json.exitCode()).isEqualTo(1);
        assertThat(root.get("agree").booleanValue()).isFalse();
        assertThat(root.at("/anomalies/0/kind").textValue()).isEqualTo("miscounted");
        assertThat(root.at("/anomalies/0/examples/0/where").textValue()).isEqualTo("Bâtiment|EU");
    }

    @Test
    void redis_state_of_every_wrong_kind() throws Exception {
        StateEntry a = new StateEntry(stores.tag(), "a");
        StateEntry b = new StateEntry(stores.tag(), "b");
        StateEntry c = new StateEntry(stores.tag(), "c");
        StateEntry d = new StateEntry(stores.tag(), "d");
        StateEntry ghost = new StateEntry(stores.tag(), "ghost");
        try (Jedis redis = stores.redis()) {
            int somewhere = Integer.parseInt(redis.hget(stores.tag() + "cells", "Bâtiment|EU"));
            a.remove(redis);
            b.write(redis, VERSION | 1, somewhere); // as it was before it moved
            c.write(redis, VERSION | 4, somewhere);
            d.write(redis, VERSION | 2, somewhere);
            ghost.write(redis, VERSION | 3, 0);
            redis.hset(stores.tag() + "coverage", "0", "3");
        }
        String topic = stores.topic();

        Answer answer = stores.verify();

        assertThat(answer.lines())
                .containsExactly(
                        "redis: 1 lost",
                        "  " + topic + "-0@0 \"a\": is nothing, must be Bâtiment|EU at offset 0",
                        "redis: 1 stale",
                        "  " + topic + "-0@3 \"b\": is Bâtiment|EU at offset 1, must be (other)|AF at offset 3",
                        "redis: 1 resurrected",
                        "  " + topic + "-0@4 \"c\": is Bâtiment|EU at offset 4, must be deleted at offset 4",
                        "redis: 1 phantom",
                        "  an offer with hash …" + ghost.hash() + ": is deleted at offset 3, must be nothing",
                        "redis: 1 misplaced",
                        "  " + topic + "-1@2 \"d\": is Bâtiment|EU at offset 2, must be Bâtiment|NA at offset 2",
                        "redis: 1 uncovered",
                        "  " + topic + "-0: is covered to offset 3, must be covered to offset 5",
                        "verify: 10 records, 4 live offers: 6 anomalies");
        assertThat(answer.exitCode()).isEqualTo(1);
    }

    @Test
    void solr_documents_of_every_wrong_kind() throws Exception {
        stores.solr("/update?commit=true", "{\"delete\":{\"query\":\"id:a\"}}");
        assertFound("solr: 1 lost", "  " + stores.topic() + "-0@0 \"a\": is nothing, must be Bâtiment|EU at offset 0");

        stores.solr("/update?commit=true", "{\"delete\":{\"query\":\"id:b OR id:c OR id:d OR id:e\"}}");
        stores.solr(
                "/update?commit=true",
                "[" + document("b", 1, "Bâtiment", "EU", "n") + "," + document("c", 2, "Bâtiment", "EU", "n") + ","
                        + document("d", 2, "Bâtiment", "SA", "n") + "," + document("e", 3, "(none)", "UNKNOWN", "ESC")
                        + "," + document("gho\\u001bst", 1, "Bâtiment", "EU", "n") + "]");
        String topic = stores.topic();
        Answer answer = stores.verify();

        assertThat(answer.lines())
                .containsExactly(
                        "solr: 1 lost",
                        "  " + topic + "-0@0 \"a\": is nothing, must be Bâtiment|EU at offset 0",
                        "solr: 1 stale",
                        "  " + topic + "-0@3 \"b\": is Bâtiment|EU at offset 1, must be (other)|AF at offset 3",
                        "solr: 1 resurrected",
                        "  " + topic + "-0@4 \"c\": is Bâtiment|EU at offset 2, must be deleted at offset 4",
                        "solr: 1 phantom",
                        "  \"gho\\u001bst\": is Bâtiment|EU at offset 1, must be nothing",
                        "solr: 1 misplaced",
                        "  " + topic + "-1@2 \"d\": is Bâtiment|SA at offset 2, must be Bâtiment|NA at offset 2",
                        "solr: 1 different",
                        "  " + topic + "-1@3 \"e\": is name \"ESC\", must be \"no place, no profession\"",
                        "verify: 10 records, 4 live offers: 6 anomalies");
        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(stores.verify("--sample", "0").lines()).noneMatch(line -> line.contains("different"));
    }

    @Test
    void rows_of_postgres_of_every_wrong_kind() throws Exception {
        String topic = stores.topic();
        stores.postgres(
                "delete from offers where id = 'a'",
                "update offers set \"offset\" = 1 where id = 'b'",
                "update offers set category = '(other)' where id = 'd'",
                "update offers set name = 'x', partition = 0, updated_at = null where id = 'e'",
                "insert into offers (id, epoch, partition, \"offset\", continent, category, name)"
                        + " values ('c', 1, 0, 4, 'AF', '(other)', 'c'), ('ghost', 1, 0, 3, 'EU', '(other)', 'g')",
                "delete from offer_tombstones",
                "insert into offer_tombstones values ('d', 1, 1, 1, now())",
                "update offer_counts set live_offers = 7 where continent = 'NA'",
                "insert into offer_counts values ('zero', 'EU', 0)",
                "update offerstorm_coverage set next_offset = 3, parked = '4-5' where partition = 0");

        assertThat(postgres())
                .containsExactly(
                        "postgres: 1 lost",
                        "  " + topic
                                + "-0@0 \"a\": is in neither of offers and offer_tombstones, must be Bâtiment|EU at"
                                + " offset 0",
                        "postgres: 1 duplicate",
                        "  " + topic + "-1@2 \"d\": is another row, deleted at offset 1 in offer_tombstones, must be"
                                + " Bâtiment|NA at offset 2",
                        "postgres: 1 stale",
                        "  " + topic
                                + "-0@3 \"b\": is (other)|AF at offset 1 in offers, must be (other)|AF at offset 3",
                        "postgres: 1 resurrected",
                        "  " + topic + "-0@4 \"c\": is (other)|AF at offset 4 in offers, must be deleted at offset 4",
                        "postgres: 1 phantom",
                        "  \"ghost\": is (other)|EU at offset 3 in offers, must be nothing",
                        "postgres: 1 misplaced",
                        "  " + topic
                                + "-1@2 \"d\": is (other)|NA at offset 2 in offers, must be Bâtiment|NA at offset 2",
                        "postgres: 3 different",
                        "  " + topic + "-1@3 \"e\": is partition 0 in offers, must be 1",
                        "  " + topic + "-1@3 \"e\": is updated_at -infinity in offers, must be T",
                        "  " + topic + "-1@3 \"e\": is name \"x\" in offers, must be \"no place, no profession\"",
                        "postgres: 6 miscounted",
                        "  zero|EU: is a row of 0 in offer_counts, must be no row",
                        "  (other)|AF: is offer_counts 1, must be 2 rows of offers",
                        "  (other)|EU: is offer_counts 0, must be 1 rows of offers",
                        "  (other)|NA: is offer_counts 0, must be 1 rows of offers",
                        "  Bâtiment|EU: is offer_counts 1, must be 0 rows of offers",
                        "  Bâtiment|NA: is offer_counts 7, must be 0 rows of offers",
                        "postgres: 2 uncovered",
                        "  " + topic + "-0: is covered to offset 3, must be covered to offset 5",
                        "  " + topic + "-0: is offsets 4-5 wait for those before them, must be none wait",
                        "verify: 10 records, 4 live offers: 17 anomalies");
    }

    @Test
    void versions_of_postgres_of_every_wrong_kind() throws Exception {
        String topic = stores.topic();
        stores.postgres(
                "delete from offer_versions where id = 'a'",
                "update offer_versions set valid_to = null where id = 'b' and \"offset\" = 1",
                "update offer_versions set is_current = true where id = 'c' and \"offset\" = 2",
                "update offer_versions set valid_from = valid_from + interval '1 hour' where id = 'd' and \"offset\" = 2",
                "update offer_versions set company = 'x' where id = 'e'",
                "update offer_versions set continent = 'EU' where id = 'b' and \"offset\" = 3",
                "update offer_versions set operation = 'delete' where id = 'd' and \"offset\" = 0",
                "insert into offer_versions (id, epoch, partition, \"offset\", operation, valid_from, is_current)"
                        + " values ('ghost', 1, 0, 99, 'delete', now(), true)",
                "insert into offer_versions (id, epoch, partition, \"offset\", operation, valid_from, is_current)"
                        + " select id, epoch, partition, \"offset\", operation, valid_from - interval '1 s', false"
                        + " from offer_versions where \"offset\" = 1 and id = 'd'");

        assertThat(postgres())
                .containsExactly(
                        "postgres: 1 lost",
                        "  " + topic + "-0@0 \"a\": is not in offer_versions, must be Bâtiment|EU",
                        "postgres: 1 duplicate",
                        "  " + topic + "-1@1 \"d\": is another version in offer_versions, must be one version",
                        "postgres: 1 phantom",
                        "  " + topic + "-0@99 \"ghost\": is a version of epoch 1 in offer_versions, must be nothing",
                        "postgres: 1 misplaced",
                        "  " + topic + "-0@3 \"b\": is (other)|EU in offer_versions, must be (other)|AF",
                        "postgres: 5 different",
                        "  " + topic + "-0@1 \"b\": is valid_to null in offer_versions, must be T",
                        "  " + topic + "-0@2 \"c\": is is_current true in offer_versions, must be false",
                        "  " + topic + "-1@0 \"d\": is deleted in offer_versions, must be Bâtiment|AS",
                        "  " + topic + "-1@2 \"d\": is valid_from T in offer_versions, must be T",
                        "  " + topic + "-1@3 \"e\": is company \"x\" in offer_versions, must be null",
                        "verify: 10 records, 4 live offers: 9 anomalies");
    }

    /** What verify says of PostgreSQL alone; times are T. */
    private static List<String> postgres() {
        Answer answer = stores.verify("-c", "sinks=postgres");
        assertThat(answer.exitCode()).isEqualTo(1);
        return answer.lines().stream()
                .filter(line -> !line.endsWith("is not in 'sinks': not compared"))
                .map(line -> line.replaceAll("[0-9]{13}", "T"))
                .toList();
    }

    @Test
    void an_avro_file_that_is_removed_copied_moved_or_rewritten() throws Exception {
        try (FileSystem hdfs = stores.hdfs()) {
            org.apache.hadoop.fs.Path file = AvroFiles.only(hdfs, stores.directory());
            org.apache.hadoop.fs.Path aside = new org.apache.hadoop.fs.Path("/aside.avro");
            String day = file.getParent().getName();
            String topic = stores.topic();

            hdfs.rename(file, aside);
            assertFound(
                    9,
                    "hdfs: 9 lost",
                    "  " + topic + "-0@0 \"a\": is nothing, must be Bâtiment|EU",
                    "  " + topic + "-0@1 \"b\": is nothing, must be Bâtiment|EU");
            hdfs.rename(aside, file);

            org.apache.hadoop.fs.Path copy = new org.apache.hadoop.fs.Path(file.getParent(), "copy.avro");
            FileUtil.copy(hdfs, file, hdfs, copy, false, hdfs.getConf());
            assertFound(
                    9,
                    "hdfs: 9 duplicate",
                    "  " + topic + "-0@0 \"a\": is another row in " + day + ", must be one row");
            hdfs.delete(copy, false);

            org.apache.hadoop.fs.Path elsewhere =
                    new org.apache.hadoop.fs.Path(file.getParent().getParent(), "dt=2020-01-01/" + file.getName());
            hdfs.mkdirs(elsewhere.getParent());
            hdfs.rename(file, elsewhere);
            assertFound(9, "hdfs: 9 misplaced", "  " + topic + "-0@0 \"a\": is dt=2020-01-01, must be " + day);

            // The same name under two dates: a copy, not a file that moved while it was read.
            FileUtil.copy(hdfs, elsewhere, hdfs, file, false, hdfs.getConf());
            assertThat(stores.verify().lines()).contains("hdfs: 9 duplicate");
            hdfs.delete(elsewhere, false);
            assertThat(stores.verify().lines()).containsExactly(CLEAN);

            AvroFiles.rewrite(hdfs, file, row -> {
                switch (row.get("id") + "@" + row.get("offset")) {
                    case "a@0" -> row.put("continent", "SA");
                    case "d@2" -> row.put("company", "Another");
                    case "d@1" -> row.put("offset", 77L);
                    default -> {
                        // stays
                    }
                }
            });
            Answer answer = stores.verify();
            assertThat(answer.lines())
                    .containsExactly(
                            "hdfs: 1 lost",
                            "  " + topic + "-1@1 \"d\": is nothing, must be deleted",
                            "hdfs: 1 phantom",
                            "  " + topic + "-1@77 \"d\": is a row of epoch 1 in " + day + ", must be nothing",
                            "hdfs: 1 misplaced",
                            "  " + topic + "-0@0 \"a\": is Bâtiment|SA, must be Bâtiment|EU",
                            "hdfs: 1 different",
                            "  " + topic + "-1@2 \"d\": is company \"Another\", must be \"Thé & Cie\"",
                            "verify: 10 records, 4 live offers: 4 anomalies");
        }
    }

    @Test
    void changes_that_joined_the_stream_agree_and_a_record_by_somebody_else_is_found() throws Exception {
        stores.addChanges();
        stores.load(() -> !stores.changes().isEmpty());
        stores.send(1, "d", null);
        stores.load(() -> stores.changes().size() == 5);

        assertThat(stores.changes().get(4))
                .startsWith(
                        "{\"action\":\"decrement\",\"by\":1,\"category\":\"Bâtiment\",\"continent\":\"NA\",\"count\":0,")
                .endsWith(",\"seq\":5}");
        assertThat(stores.verify().lines())
                .containsExactly(
                        "verify: 11 records, 3 live offers: redis, changes, solr, postgres, hdfs and dead letters agree");
        Answer counts = stores.counts("--from", "changes", "--format", "csv");
        assertThat(counts.exitCode()).isZero();
        assertThat(counts.lines())
                .contains("total,1,1,1,3")
                .isEqualTo(stores.counts("--format", "csv").lines());
        assertThat(stores.counts("--from", "postgres", "--format", "csv").lines())
                .isEqualTo(counts.lines());
        Answer away = stores.counts("--from", "postgres", "-c", "postgres.url=postgresql://127.0.0.1:1/x");
        assertThat(away.exitCode()).isEqualTo(3);
        assertThat(away.errors()).contains("postgres 127.0.0.1:1/x", "correct postgres.url");
        assertThat(stores.counts("--from", "changes", "--redis", "redis://h:1").errors())
                .contains("--redis is where --from redis reads");

        stores.send(stores.topic() + ".changes", 0, "x".getBytes(UTF_8), "{".getBytes(UTF_8));
        assertThat(stores.verify().lines())
                .containsSubsequence(
                        "changes: 1 phantom", "changes: 1 uncovered", "verify: 11 records, 3 live offers: 2 anomalies");
        Answer broken = stores.counts("--from", "changes");
        assertThat(broken.exitCode()).isEqualTo(3);
        assertThat(broken.errors()).contains(stores.topic() + ".changes", "is not a change: it is not JSON");
    }

    @Test
    void a_file_that_is_being_written_and_has_no_length_for_now_is_named_and_then_read() throws Exception {
        org.apache.hadoop.fs.Path open = new org.apache.hadoop.fs.Path(stores.directory() + "/_open/s9/1/s9-1-1.avro");
        try (FileSystem hdfs = stores.hdfs()) {
            FSDataOutputStream out = hdfs.create(open);
            out.write("Obj".getBytes(UTF_8)); // as the header of a file of Avro begins
            out.hsync();
            stores.restartDataNode();

            Answer unreadable = stores.verify("--wait", "1s");
            assertThat(unreadable.exitCode()).isEqualTo(3);
            assertThat(unreadable.errors()).contains(open.toString(), "is being written, and no DataNode says");

            DistributedFileSystem operator = (DistributedFileSystem) hdfs;
            await().atMost(Duration.ofMinutes(1)).until(() -> operator.recoverLease(open));
            assertThat(stores.verify().lines()).containsExactly(CLEAN);
        }
    }

    @Test
    void dead_letters_that_are_missing_or_too_many() throws Exception {
        String topic = stores.topic();
        Source source = TopicIdentity.of(stores.config().source());
        byte[] bad = "{\"id\":\"e\",\"name\":7}".getBytes(UTF_8);

        // Solr takes the record, so the letter is wrong, and what Solr lacks is lost.
        stores.solr("/update?commit=true", "{\"delete\":{\"query\":\"id:a\"}}");
        stores.write(
                new DeadLetter(source, new SourcePosition(0, 0, 0), null, null, "solr", "sink_rejected", "too odd"));
        assertThat(stores.verify().lines())
                .containsSubsequence(
                        "solr: 1 lost",
                        "dead letters: 1 phantom",
                        "  " + topic + "-0@0 \"a\": is a dead letter of solr, sink_rejected, must be none, Solr takes"
                                + " the record (if it was repaired since: dlq replay)");
        // Where Solr cannot be asked, it may lack what it refused; so it may of a letter that an operator dropped.
        assertThat(stores.verify("-c", "sinks=hdfs,redis").lines())
                .contains("refused by their store and in the dead letters, so that it may lack them: 1");
        assertThat(stores.letters("drop", "0@0", "--yes").exitCode()).isZero();
        assertThat(stores.verify().lines())
                .contains(
                        "refused by their store and in the dead letters, so that it may lack them: 1",
                        "  " + topic + "-0@0 \"a\": sink_rejected, the letter was settled",
                        "dead letters that an operator dropped: 1",
                        CLEAN);

        // Another topic's letters are none of ours; a replay's second letter is none too many.
        Source other = new Source("others", "id", 1, 1);
        stores.write(letter(other, 0, 1, null, "bad_json"), letter(source, 1, 4, bad, "bad_type"));
        assertThat(stores.verify().lines())
                .contains("dead letters of another topic, or of records before this log, not judged: 1", CLEAN);

        stores.write(letter(source, 0, 3, bad, "bad_type"), letter(source, 1, 4, new byte[0], "bad_json"));
        assertThat(stores.verify().lines())
                .containsSubsequence(
                        "dead letters: 1 phantom",
                        "  " + topic
                                + "-0@3 \"b\": is a dead letter of parse, bad_type, must be none, the record is sound",
                        "dead letters: 2 different",
                        "  " + topic
                                + "-1@4 \"e\": is a dead letter of parse, bad_json, must be a dead letter of parse, bad_type",
                        "  " + topic
                                + "-1@4 \"e\": is other bytes than the record's, must be the record's key and value",
                        "verify: 10 records, 4 live offers: 3 anomalies");

        // A record that the parser refuses never reaches Solr.
        stores.write(
                new DeadLetter(
                        source, new SourcePosition(1, 4, 0), "e".getBytes(UTF_8), bad, "solr", "sink_rejected", ""),
                letter(source, 0, 3, bad, "bad_type"));
        assertThat(stores.verify().lines())
                .contains("  " + topic + "-1@4 \"e\": is a dead letter of solr, sink_rejected, must be a dead letter of"
                        + " parse, bad_type");

        // Nor does the mark of such a letter stand for the one that must be there.
        assertThat(stores.letters("drop", "1@4", "--yes").exitCode()).isZero();
        assertThat(stores.verify().lines())
                .contains("  " + topic + "-1@4 \"e\": is nothing, must be a dead letter of parse, bad_type");

        // As if it was lost: letters stay forever in a compacted topic.
        assertThat(stores.verify("-c", "dead-letters.topic=" + stores.emptyTopic())
                        .lines())
                .containsSubsequence(
                        "dead letters: 1 lost",
                        "  " + topic + "-1@4 \"e\": is nothing, must be a dead letter of parse, bad_type");
    }

    @Test
    void a_stream_that_is_behind_and_servers_that_are_away_are_no_anomalies() throws Exception {
        assertFailure("redis 127.0.0.1:1", stores.verify("-c", "redis.uri=redis://127.0.0.1:1", "-c", "sinks=redis"));
        assertFailure(
                "http://127.0.0.1:1/solr/offers",
                stores.verify("-c", "solr.url=http://127.0.0.1:1/solr", "-c", "sinks=solr"));
        assertFailure("127.0.0.1:1", stores.verify("-c", "hdfs.uri=hdfs://127.0.0.1:1", "-c", "sinks=hdfs"));
        assertFailure("127.0.0.1:1", stores.verify("-c", "source.bootstrap-servers=127.0.0.1:1"));
        assertFailure("topic none does not exist", stores.verify("-c", "source.topic=none"));
        assertFailure("no-letters", stores.verify("-c", "dead-letters.topic=no-letters"));

        stores.send(1, "f", offer("f", 101, 48.86, 2.35));
        stores.send(1, "f", null);
        assertFailure(
                "the stream has not finished the topic after 1 s; records that are not yet durable, by partition: "
                        + stores.topic() + "-1 2.",
                stores.verify("--wait", "1s"));
    }

    @Test
    void records_that_come_while_it_reads_are_read_too_or_the_stream_is_not_calm() throws Exception {
        Result result = verification(Duration.ofMinutes(5), 1).run();
        assertThat(TextReport.verdict(result)).isEqualTo(CLEAN.replace("10 records", "11 records"));

        assertThatThrownBy(() -> verification(Duration.ZERO, Integer.MAX_VALUE).run())
                .isInstanceOf(NotFinished.class)
                .hasMessageContaining("the stream is not calm")
                .hasMessageContaining(stores.topic() + "-1 1;");
    }

    /** While the stores are read another record comes, and goes through the topology: so many times. */
    private static Verification verification(Duration patience, int times) {
        AtomicInteger left = new AtomicInteger(times);
        return new Verification(
                stores.config(),
                DataSet.of(ReferenceTable.builtIn()),
                new Verification.Options(patience, 10, 1),
                new VerifyProgress() {
                    @Override
                    public void begin(String what, long max) {
                        if (what.equals("solr") && left.getAndDecrement() > 0) {
                            sendAndLoad();
                        }
                    }

                    @Override
                    public void step() {
                        // nobody looks
                    }
                });
    }

    private static void sendAndLoad() {
        try {
            stores.send(1, "d", offer("d", 101, 35.68, 139.69));
            stores.load();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void assertFailure(String message, Answer answer) {
        assertThat(answer.errors()).contains(message).hasLineCount(1);
        assertThat(answer.lines()).isEmpty();
        assertThat(answer.exitCode()).isEqualTo(3);
    }

    private static void assertFound(String... lines) {
        assertFound(1, lines);
    }

    private static void assertFound(int count, String... lines) {
        Answer answer = stores.verify();
        assertThat(answer.lines()).startsWith(lines);
        assertThat(answer.lines().get(answer.lines().size() - 1))
                .isEqualTo("verify: 10 records, 4 live offers: " + count + (count == 1 ? " anomaly" : " anomalies"));
        assertThat(answer.exitCode()).isEqualTo(1);
    }

    private static DeadLetter letter(Source source, int partition, long offset, byte[] value, String reason) {
        return new DeadLetter(
                source, new SourcePosition(partition, offset, 0), "e".getBytes(UTF_8), value, "parse", reason, "");
    }

    private static String document(String id, long offset, String category, String continent, String name) {
        return "{\"id\":\"" + id + "\",\"version\":" + (VERSION | offset) + ",\"cell\":\"" + category + "|" + continent
                + "\",\"category\":\"" + category + "\",\"continent\":\"" + continent + "\",\"name\":\"" + name + "\"}";
    }

    private static String offer(String id, long profession, double latitude, double longitude) {
        return "{\"id\":\"" + id + "\",\"name\":\"Name of " + id + "\",\"profession_id\":" + profession
                + ",\"contract_type\":\"FULL_TIME\",\"office_latitude\":" + latitude + ",\"office_longitude\":"
                + longitude + ",\"company\":\"Thé & Cie\",\"published_at\":\"2026-03-01T09:30:00+01:00\"}";
    }
}
