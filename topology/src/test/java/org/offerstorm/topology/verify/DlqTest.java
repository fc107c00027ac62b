package org.offerstorm.topology.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
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
import org.offerstorm.tools.deadletters.LetterSelection;
import org.offerstorm.tools.deadletters.Replay;
import org.offerstorm.tools.setup.TopicIdentity;
import org.offerstorm.tools.terminal.StopRequest;
import org.offerstorm.topology.verify.LoadedStores.Answer;

/** {@code dlq} on real servers, with letters that the topology wrote; {@code verify} judges what it left. */
class DlqTest {
    private static final String BAD = "{\"id\":\"%s\",\"name\":7}";
    private static final String HOSTILE = "h\u001b[31m\u202e";
    private static final byte[] NO_TEXT = {(byte) 0xff, 'k'};
    private static final LetterSelection SINK_REJECTED =
            new LetterSelection(Set.of(), Set.of(DeadLetter.SINK_REJECTED), Set.of(), Long.MIN_VALUE, Long.MAX_VALUE);

    @TempDir
    private static Path temp;

    private static LoadedStores stores;

    @BeforeAll
    static void start() throws Exception {
        stores = new LoadedStores(temp);
    }

    @AfterAll
    static void stop() throws Exception {
        stores.close();
    }

    /** Offers a to c, each with a letter; two letters with bad keys, one of them of a deletion. */
    @BeforeEach
    void load() throws Exception {
        stores.begin();
        stores.send(0, "a", offer("a"));
        stores.send(0, "a", BAD.formatted("a")); // 0@1: the offer is older
        stores.send(0, "b", BAD.formatted("b"));
        stores.send(0, "b", offer("b")); // 0@2: the offer was corrected since
        stores.send(0, "c", BAD.formatted("c"));
        stores.send(0, "c", null); // 0@4: the offer was deleted since
        stores.send(1, HOSTILE, "{\"id\":\"\u001b]0;title\u0007\",\n\t\"name\":\"\u009b31m\"}");
        stores.send(stores.topic(), 1, NO_TEXT, null);
        stores.load();
    }

    @Test
    void letters_are_listed_with_reasons_and_nothing_hostile_reaches_the_terminal() throws Exception {
        Answer list = stores.letters("ls");
        assertThat(list.errors()).isEmpty();
        assertThat(list.exitCode()).isZero();
        assertThat(list.lines())
                .hasSize(6)
                .last()
                .asString()
                .isEqualTo("5 dead letters: bad_text 1, bad_type 3, key_bad_utf8 1");
        assertThat(list.lines().get(0)).matches("0@1 +20\\d\\d-.*Z  parse  bad_type +19  \"a\"");
        assertThat(list.lines()).anyMatch(line -> line.matches("1@0 .* \"h\\\\u001b\\[31m\\\\u202e\""));
        assertThat(list.lines()).anyMatch(line -> line.matches("1@1 .* key_bad_utf8 +none  \"\\\\xffk\""));

        assertThat(stores.letters("ls", "--reason", "bad_type", "--limit", "1").lines())
                .hasSize(2)
                .last()
                .isEqualTo("3 dead letters: bad_type 3; above are the newest 1, --limit 0 shows all");
        assertThat(stores.letters("ls", "--stage", "solr").lines())
                .containsExactly("none of the 5 dead letters is chosen");
        assertThat(stores.letters("ls", "--before", "1h").lines())
                .containsExactly("none of the 5 dead letters is chosen");
        assertThat(stores.letters("ls", "--since", "1h", "--format", "csv").lines())
                .hasSize(6)
                .contains("position,refused_at,stage,reason,value_bytes,key,detail");

        Answer json = stores.letters("ls", "--format", "json");
        JsonNode root = new ObjectMapper().readTree(String.join("\n", json.lines()));
        assertThat(root.get("count").intValue()).isEqualTo(5);
        assertThat(root.at("/by_reason/bad_type").intValue()).isEqualTo(3);
        assertThat(root.at("/letters/3/key").textValue()).isEqualTo(HOSTILE);
        assertThat(root.at("/letters/4/key").isNull()).isTrue();
        assertThat(root.at("/letters/4/value_bytes").isNull()).isTrue();

        for (String position : List.of("1@0", "1@1", stores.topic() + "-0@1", "1/" + stores.topic() + "/0/1")) {
            for (String format : List.of("text", "json")) {
                Answer shown = stores.letters("show", position, "--format", format);
                assertThat(shown.exitCode()).as(shown.errors()).isZero();
                assertPlain(shown);
            }
        }
        assertPlain(list);
        assertPlain(json);
        assertPlain(stores.letters("ls", "--format", "csv"));
    }

    @Test
    void one_is_shown_whole_and_its_bytes_come_out_as_they_are() throws Exception {
        assertThat(stores.letters("show", "0@1").lines())
                .contains(
                        "position  0@1",
                        "reason    bad_type",
                        "key       1 byte: \"a\"",
                        "value     19 bytes",
                        "  | {\"id\":\"a\",\"name\":7}");
        assertThat(stores.letters("show", "1@0").lines())
                .contains("  | {\"id\":\"\\u001b]0;title\\u0007\",", "  |     \"name\":\"\\u009b31m\"}");
        assertThat(stores.letters("show", "1@1").lines()).contains("value     none: the record was a deletion");

        Path file = temp.resolve("value");
        assertThat(stores.letters("show", "1@0", "--out", file.toString()).exitCode())
                .isZero();
        assertThat(Files.readString(file)).contains("\u001b]0;title\u0007");
        assertThat(stores.letters("show", "1@1", "--out", file.toString()).exitCode())
                .isEqualTo(1);
    }

    @Test
    void a_repaired_value_is_replayed_and_what_is_older_than_its_offer_is_refused() throws Exception {
        String topic = stores.topic();
        Answer all = stores.letters("replay", "--all");
        assertThat(all.exitCode()).isEqualTo(1);
        assertThat(all.lines())
                .anyMatch(line -> line.startsWith("0@1 \"a\" not replayed: would be refused again: bad_type, "))
                .anyMatch(line -> line.contains("no other value repairs a key"))
                .contains("replayed 0, not replayed 5");

        Path a = Files.writeString(temp.resolve("a.json"), offer("a").replace("Name", "Repaired"));
        assertThat(stores.letters("replay", "0@1", "--value", a.toString(), "--dry-run")
                        .lines())
                .containsExactly("0@1 \"a\" would be replayed", "would be replayed 1, not replayed 0");
        Answer repaired = stores.letters("replay", "0@1", "--value", a.toString());
        assertThat(repaired.lines()).containsExactly("0@1 \"a\" replayed as 0@6", "replayed 1, not replayed 0");
        assertThat(repaired.exitCode()).isZero();
        assertThat(stores.letters("show", "0@1").errors()).contains("was replayed at", "its record is now at 0@6");

        Path b = Files.writeString(temp.resolve("b.json"), offer("b").replace("Name", "Older"));
        Path c = Files.writeString(temp.resolve("c.json"), offer("c"));
        Answer older = stores.letters("replay", "0@2", "--value", b.toString());
        assertThat(older.lines().get(0))
                .isEqualTo("0@2 \"b\" not replayed: is older than the offer, which was written at 0@3; --force replays"
                        + " it anyway");
        assertThat(older.exitCode()).isEqualTo(1);
        String deleted = "0@4 \"c\" not replayed: is older than the offer, which was deleted at 0@5; --force replays it"
                + " anyway";
        assertThat(stores.letters("replay", "0@4", "--value", c.toString()).lines())
                .contains(deleted);
        // Redis away, or none of the sinks: the topic tells the same.
        assertThat(stores.letters("replay", "0@4", "--value", c.toString(), "-c", "sinks=solr")
                        .lines())
                .contains(deleted);
        assertThat(stores.letters("replay", "0@4", "--value", c.toString(), "-c", "redis.uri=redis://127.0.0.1:1")
                        .lines())
                .contains(deleted)
                .anyMatch(line -> line.startsWith("Redis was not asked"));

        assertThat(stores.letters("replay", "0@4", "--value", c.toString(), "--force")
                        .lines())
                .containsExactly("0@4 \"c\" replayed as 0@8", "replayed 1, not replayed 0");
        // What is refused again comes back as a new letter, at its new position.
        assertThat(stores.letters("replay", "0@2", "--force").lines())
                .containsExactly("0@2 \"b\" replayed as 0@10", "replayed 1, not replayed 0");
        stores.load();
        assertThat(stores.letters("ls", "--reason", "bad_type").lines())
                .hasSize(2)
                .first()
                .asString()
                .startsWith("0@10 ");
        assertThat(stores.verify().lines())
                .containsExactly(
                        "dead letters that an operator replayed: 3",
                        "verify: 11 records, 3 live offers: redis, solr, hdfs and dead letters agree");
        assertThat(topic).isEqualTo(stores.topic());
    }

    @Test
    void a_replay_that_was_cut_off_before_its_mark_is_not_sent_twice() throws Exception {
        Path a = Files.writeString(temp.resolve("a.json"), offer("a"));
        assertThat(stores.letters("replay", "0@1", "--value", a.toString(), "--keep")
                        .lines())
                .contains("0@1 \"a\" replayed as 0@6");
        // The topology has not seen it yet; then it has.
        assertThat(stores.letters("replay", "0@1", "--value", a.toString(), "--keep")
                        .lines())
                .contains("0@1 \"a\" was already replayed, as 0@6");
        stores.load();
        assertThat(stores.letters("replay", "0@1", "--value", a.toString()).lines())
                .contains("0@1 \"a\" was already replayed, as 0@6");
        assertThat(stores.letters("ls").lines()).last().asString().startsWith("4 dead letters");
        assertThat(stores.verify().exitCode()).isZero();
    }

    @Test
    void of_several_letters_of_an_offer_the_newest_is_replayed() throws Exception {
        Source source = TopicIdentity.of(stores.config().source());
        byte[] key = "a".getBytes(UTF_8);
        long older = stores.send(0, "a", offer("a"));
        long newer = stores.send(0, "a", offer("a"));
        stores.load();
        stores.write(
                rejected(source, "a", older),
                rejected(source, "a", newer),
                new DeadLetter(source, new SourcePosition(1, 7, -1), null, null, "spout", "gap", "offsets [7,9)"),
                new DeadLetter(
                        new Source("other", "id", 1, 1),
                        new SourcePosition(0, 7, 0),
                        key,
                        key,
                        "parse",
                        "bad_json",
                        ""));

        assertThat(stores.letters("replay", "--reason", "sink_rejected", "--reason", "gap", "--reason", "bad_json")
                        .lines())
                .contains(
                        "0@6 \"a\" not replayed: a newer letter of the same offer is replayed, 0@7",
                        "0@7 \"a\" replayed as 0@8",
                        "1@7 null not replayed: reports a gap in the log: there is no record to replay",
                        "1/other/0/7 \"a\" not replayed: is of topic other, the configuration's is " + stores.topic()
                                + "; give the configuration of that stream");
        // Refused when it is newer, although Redis has not yet counted what is newer.
        assertThat(stores.letters("replay", "0@6").lines().get(0)).contains("was written at 0@8");
    }

    @Test
    void a_replay_that_is_to_end_finishes_its_batch_and_another_does_the_rest() throws Exception {
        Source source = TopicIdentity.of(stores.config().source());
        DeadLetter[] letters = new DeadLetter[600]; // more than a batch
        for (int i = 0; i < letters.length; i++) {
            String id = "many-" + i;
            letters[i] = rejected(source, id, stores.send(0, id, offer(id)));
        }
        stores.write(letters);
        StopRequest stop = new StopRequest();
        Replay replay = new Replay(
                stores.config(),
                DataSet.of(ReferenceTable.builtIn()),
                new Replay.Options(null, false, false, false),
                InstantSource.system(),
                line -> stop.request(130),
                () -> () -> {},
                stop::isRequested);

        Replay.Result result = replay.run(SINK_REJECTED);

        assertThat(result.replayed()).isEqualTo(500);
        assertThat(result.left()).isEqualTo(100);
        assertThat(stores.letters("ls", "--reason", "sink_rejected").lines())
                .last()
                .isEqualTo("100 dead letters: sink_rejected 100");
        assertThat(stores.letters("replay", "--reason", "sink_rejected").lines())
                .hasSize(101)
                .last()
                .isEqualTo("replayed 100, not replayed 0");
        stores.load();
        assertThat(stores.verify().lines()).last().asString().contains("1,208 records, 602 live offers");
    }

    @Test
    void a_correction_that_comes_while_its_offer_is_replayed_stays_the_newest() throws Exception {
        Source source = TopicIdentity.of(stores.config().source());
        stores.write(
                rejected(source, "a", 0), // older than its offer, which is sent again below
                rejected(source, "live", stores.send(0, "live", offer("live"))),
                rejected(source, "calm", stores.send(0, "calm", offer("calm"))));
        stores.send(0, "a", offer("a"));
        stores.load();
        List<String> lines = new ArrayList<>();
        Replay replay = new Replay(
                stores.config(),
                DataSet.of(ReferenceTable.builtIn()),
                new Replay.Options(null, false, false, false),
                InstantSource.system(),
                line -> {
                    lines.add(line);
                    if (line.startsWith("0@0 ")) { // versions were compared, nothing is sent yet
                        correct("live");
                    }
                },
                () -> () -> {},
                () -> false);

        Replay.Result result = replay.run(SINK_REJECTED);

        assertThat(lines.get(0)).startsWith("0@0 \"a\" not replayed: is older than the offer");
        assertThat(lines.get(1))
                .isEqualTo("0@6 \"live\" not replayed: is older than the offer, which was written at 0@9; --force"
                        + " replays it anyway");
        assertThat(lines.get(2)).startsWith("0@7 \"calm\" replayed as 0@");
        assertThat(result.replayed()).isEqualTo(1);
        assertThat(result.refused()).isEqualTo(2);
        assertThat(stores.letters("drop", "--reason", "sink_rejected", "--yes").lines())
                .containsExactly("dropped 2 dead letters (sink_rejected 2)");
        stores.load();
        assertThat(stores.verify().lines()).last().asString().endsWith("redis, solr, hdfs and dead letters agree");
    }

    private static void correct(String id) {
        try {
            stores.send(0, id, offer(id).replace("Name", "Corrected name"));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void dropped_letters_are_gone_and_verify_knows_that_they_were_there() throws Exception {
        Answer unasked = stores.letters("drop", "--reason", "bad_type");
        assertThat(unasked.exitCode()).isEqualTo(2);
        assertThat(unasked.errors()).contains("would drop 3 dead letters (bad_type 3)", "--yes");

        assertThat(stores.letters("drop", "--yes", "--all").lines())
                .containsExactly("dropped 5 dead letters (bad_text 1, bad_type 3, key_bad_utf8 1)");
        assertThat(stores.letters("ls").lines()).containsExactly("no dead letters");
        assertThat(stores.letters("show", "1@1").errors()).contains("the dead letter 1@1 was dropped at");
        // A stream that is behind, or reads the topic once more, writes a letter again: it stays dropped.
        stores.write(new DeadLetter(
                TopicIdentity.of(stores.config().source()),
                new SourcePosition(0, 1, 0),
                "a".getBytes(UTF_8),
                BAD.formatted("a").getBytes(UTF_8),
                "parse",
                "bad_type",
                ""));
        assertThat(stores.letters("ls").lines()).containsExactly("no dead letters");
        assertThat(stores.letters("drop", "--yes", "--all").lines())
                .containsExactly("no dead letters, nothing dropped");
        assertThat(stores.verify().lines())
                .containsExactly(
                        "dead letters that an operator dropped: 5",
                        "verify: 8 records, 2 live offers: redis, solr, hdfs and dead letters agree");
    }

    @Test
    void rewritten_letters_collapse_and_tombstones_remove_them_before_compaction_does() throws Exception {
        Source source = TopicIdentity.of(stores.config().source());
        stores.write(new DeadLetter(
                source,
                new SourcePosition(0, 1, 0),
                "a".getBytes(UTF_8),
                BAD.formatted("a").getBytes(UTF_8),
                "parse",
                "bad_type",
                "the second time"));
        String letters = stores.config().deadLetters().topic();
        stores.send(letters, null, ("1/" + stores.topic() + "/0/2").getBytes(UTF_8), null);
        stores.send(letters, null, "foreign".getBytes(UTF_8), new byte[1]);

        assertThat(stores.letters("ls", "--reason", "bad_type").lines())
                .hasSize(3)
                .noneMatch(line -> line.startsWith("0@2"));
        assertThat(stores.letters("show", "0@1").lines()).contains("detail    the second time");
        // Not even an operator may take a letter away without a mark.
        assertThat(stores.verify().lines()).contains("dead letters: 1 lost");
    }

    @Test
    void where_none_is_chosen_nothing_is_done_and_said() {
        assertThat(stores.letters("replay", "--stage", "solr").lines())
                .containsExactly("none of the 5 dead letters is chosen, nothing replayed");
        assertThat(stores.letters("drop", "--reason", "gap", "--yes").lines())
                .containsExactly("none of the 5 dead letters is chosen, nothing dropped");
        assertThat(stores.letters("ls").lines()).last().asString().startsWith("5 dead letters");
    }

    @Test
    void no_other_value_is_advised_for_a_bad_key_regardless_of_the_reason() throws Exception {
        stores.send(1, "nu\u0000l", offer("nu\u0000l")); // bad_text: the key holds a control character
        stores.load();

        assertThat(stores.letters("replay", "--reason", "bad_text").lines())
                .filteredOn(line -> line.contains("not replayed: "))
                .hasSize(2)
                .allMatch(line -> line.contains("no other value repairs a key"))
                .noneMatch(line -> line.contains("--value"));
        assertThat(stores.letters("replay", "0@1").lines())
                .first()
                .asString()
                .contains("--value FILE replays a repaired value");
    }

    @Test
    void failures_are_one_message_each() {
        assertFailure(2, "no dead letter 0@3; the nearest: 0@2, 0@4", stores.letters("show", "0@3"));
        assertFailure(2, "no dead letter 7@3; 'dlq ls' shows all", stores.letters("replay", "7@3"));
        assertFailure(2, "no dead letter 0@9; the nearest: 0@4", stores.letters("drop", "0@1", "0@9", "--yes"));
        assertFailure(2, "'x' is not a position; write PARTITION@OFFSET", stores.letters("show", "x"));
        assertFailure(2, "say which: POSITION", stores.letters("drop", "--yes"));
        assertFailure(2, "not by several", stores.letters("replay", "0@1", "--all"));
        assertFailure(2, "--value needs one POSITION", stores.letters("replay", "--all", "--value", "x"));
        assertFailure(2, "no reason 'bad_tpe'; did you mean bad_type?", stores.letters("ls", "--reason", "bad_tpe"));
        assertFailure(2, "no reason 'x'; there are key_missing", stores.letters("replay", "--reason", "x"));
        assertFailure(2, "no stage 'pars'; did you mean parse?", stores.letters("drop", "--stage", "pars", "--yes"));
        assertThat(stores.letters("ls", "--stage", "postgres").exitCode()).isZero();
        assertFailure(2, "cannot read /nowhere: no such file", stores.letters("replay", "0@1", "--value", "/nowhere"));
        assertFailure(3, "topic nowhere", stores.letters("ls", "-c", "dead-letters.topic=nowhere"));
        for (List<String> command : List.of(List.of("ls"), List.of("show", "0@1"), List.of("replay", "--all"))) {
            assertFailure(
                    3,
                    "Kafka at 127.0.0.1:1 did not answer within 5 s; start it, or correct source.bootstrap-servers",
                    stores.letters(
                            command.get(0),
                            Stream.concat(
                                            command.stream().skip(1),
                                            Stream.of("-c", "source.bootstrap-servers=127.0.0.1:1"))
                                    .toArray(String[]::new)));
        }
        assertFailure(2, "say one of --raw", stores.letters("show", "0@1", "--raw", "--format", "json"));
        assertFailure(2, "say one of --raw", stores.letters("show", "0@1", "--raw", "--out", "x"));
        assertThat(stores.letters("ls").lines()).last().asString().startsWith("5 dead letters");
    }

    private static void assertFailure(int code, String message, Answer answer) {
        assertThat(answer.errors()).contains(message);
        assertThat(answer.errors().lines().count()).isLessThanOrEqualTo(2);
        assertThat(answer.exitCode()).isEqualTo(code);
    }

    private static void assertPlain(Answer answer) {
        assertThat(answer.lines()).allSatisfy(line -> assertThat(line.chars().filter(c -> c < ' ' || c > '~'))
                .isEmpty());
    }

    /** As if Solr had refused a sound record. */
    private static DeadLetter rejected(Source source, String id, long offset) {
        return new DeadLetter(
                source,
                new SourcePosition(0, offset, 0),
                id.getBytes(UTF_8),
                offer(id).getBytes(UTF_8),
                "solr",
                DeadLetter.SINK_REJECTED,
                "");
    }

    private static String offer(String id) {
        return "{\"id\":\"" + id + "\",\"name\":\"Name of " + id + "\",\"office_latitude\":48.86,"
                + "\"office_longitude\":2.35}";
    }
}
