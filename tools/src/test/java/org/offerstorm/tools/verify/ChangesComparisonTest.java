package org.offerstorm.tools.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.TopicConfig;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.offerstorm.core.mapping.DataSet;
import org.offerstorm.core.model.Cell;
import org.offerstorm.core.model.Continent;
import org.offerstorm.core.model.Source;
import org.offerstorm.local.servers.testing.KafkaFixture;
import org.offerstorm.sinks.changes.ChangePosition;
import org.offerstorm.sinks.changes.ChangeRecord;
import org.offerstorm.sinks.changes.ChangesConfig;
import org.offerstorm.sinks.changes.ChangesReader;
import org.offerstorm.sinks.redis.ChangeId;
import org.offerstorm.tools.config.ReferenceTable;

/** Topics of changes that agree, and others with damage done by hand: each is named. */
class ChangesComparisonTest {
    private static final Source SOURCE = new Source("offers", "id-of-offers", 1, 1);
    private static final Cell EU = Cell.of("Bâtiment", Continent.EU);
    private static final Cell AF = Cell.of("Bâtiment", Continent.AF);
    private static final Instant AT = Instant.parse("2026-11-30T00:00:00.123Z");

    @TempDir
    private static Path temp;

    private static KafkaFixture kafka;
    private static int topics;

    private final Map<String, Long> earlier = new HashMap<>();
    private final List<String> notes = new ArrayList<>();
    private String topic;
    private Producer<byte[], byte[]> producer;
    private Fold fold;

    @BeforeAll
    static void startKafka() throws Exception {
        kafka = new KafkaFixture(temp);
    }

    @AfterAll
    static void stopKafka() {
        kafka.close();
    }

    /** Two live offers in Europe, one in Africa that was deleted. */
    @BeforeEach
    void begin() throws Exception {
        topic = "changes-" + ++topics;
        kafka.create(topic, 1);
        producer = kafka.transactional("publisher-of-" + topic);
        fold = new Fold(1, DataSet.of(ReferenceTable.builtIn()), Map.of(0, 0L));
        offer("a", 48.86, 2.35);
        offer("b", 48.86, 2.35);
        offer("c", -1.29, 36.82);
        fold.add(0, 3, 0, "c".getBytes(UTF_8), null);
    }

    @AfterEach
    void end() {
        producer.close();
    }

    @Test
    void sums_and_counts_that_agree() throws Exception {
        publish(change(EU, 3, 3, 1), last(change(AF, 1, 1, 2), 3));
        abort(change(EU, 7, 10, 3));
        publish(last(change(EU, -1, 2, 3), 4), last(change(AF, -1, 0, 4), 4));

        assertThat(lines()).isEmpty();
        assertThat(notes).isEmpty();
    }

    @Test
    void a_cell_of_any_text() throws Exception {
        Cell hostile = Cell.of("a \"b\" \\ <c> \ud83d\ude80 é", Continent.UNKNOWN);
        publish(change(EU, 2, 2, 1), change(hostile, 9, 9, 2), last(change(hostile, -9, 0, 3), 4));

        assertThat(lines()).isEmpty();
    }

    @Test
    void nothing_published_of_offers_that_are_there() throws Exception {
        assertThat(lines())
                .containsExactly(
                        "changes: 2 miscounted",
                        "  Bâtiment|EU: is newest count 0, must be 2",
                        "  Bâtiment|EU: is sum 0, must be 2");
    }

    @Test
    void offers_of_before_the_log_count_as_redis_has_them() throws Exception {
        publish(change(EU, 5, 5, 1), last(change(AF, 1, 1, 2), 4));
        earlier.put(EU.key(), 3L);
        earlier.put(AF.key(), 1L);

        assertThat(lines()).isEmpty();
    }

    @Test
    void a_record_that_is_missing() throws Exception {
        publish(change(EU, 1, 1, 1), last(change(EU, 1, 2, 3), 4));

        assertThat(lines()).containsExactly("changes: 1 lost", "  " + topic + "@1: is seq 3, must be seq 2");
    }

    @Test
    void a_topic_that_lost_its_beginning() throws Exception {
        publish(change(EU, 1, 1, 1), last(change(EU, 1, 2, 2), 4));
        kafka.deleteRecordsBelow(
                new org.offerstorm.core.config.SourceConfig(kafka.servers(), topic, "g", 1, Map.of()), 0, 1);

        assertThat(lines())
                .containsExactly(
                        "changes: 1 lost",
                        "  " + topic + "@1: is seq 2, must be seq 1",
                        "changes: 2 miscounted",
                        "  " + topic + "@1: is count 2 of Bâtiment|EU, must be 0 + 1 = 1",
                        "  Bâtiment|EU: is sum 1, must be 2");
    }

    @Test
    void a_record_that_came_twice() throws Exception {
        publish(change(EU, 1, 1, 1), change(EU, 1, 2, 2), last(change(EU, 1, 2, 2), 4));

        assertThat(lines())
                .containsExactly(
                        "changes: 1 duplicate",
                        "  " + topic + "@2: is seq 2 again, must be seq 3",
                        "changes: 2 miscounted",
                        "  " + topic + "@2: is count 2 of Bâtiment|EU, must be 2 + 1 = 3",
                        "  Bâtiment|EU: is sum 3, must be 2");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '~', nullValues = "null", textBlock = """
            null ; no value
            {} ; a value with the fields []
            [] ; a value with the fields []
            not { ; a value that is not JSON, "not {"
            {"action":"increment","by":1,"category":"T","continent":"EU","count":1,"at":"2026-11-30T00:00:00.123Z"} ; a value with the fields [action, at, by, category, continent, count]
            {"action":"plus","by":1,"category":"T","continent":"EU","count":1,"at":"2026-11-30T00:00:00.123Z","seq":3} ; the field action "plus"
            {"action":"increment","by":0,"category":"T","continent":"EU","count":1,"at":"2026-11-30T00:00:00.123Z","seq":3} ; the field by "0"
            {"action":"increment","by":1.5,"category":"T","continent":"EU","count":1,"at":"2026-11-30T00:00:00.123Z","seq":3} ; the field by "1.5"
            {"action":"increment","by":1,"category":7,"continent":"EU","count":1,"at":"2026-11-30T00:00:00.123Z","seq":3} ; the field category "7"
            {"action":"increment","by":1,"category":"T","continent":"XX","count":1,"at":"2026-11-30T00:00:00.123Z","seq":3} ; the field continent "XX"
            {"action":"decrement","by":1,"category":"T","continent":"EU","count":-1,"at":"2026-11-30T00:00:00.123Z","seq":3} ; the field count "-1"
            {"action":"increment","by":1,"category":"T","continent":"EU","count":1,"at":"2026-11-30T00:00:00Z","seq":3} ; the field at "2026-11-30T00:00:00Z"
            {"action":"increment","by":1,"category":"T","continent":"EU","count":1,"at":"2026-13-30T00:00:00.123Z","seq":3} ; the field at "2026-13-30T00:00:00.123Z"
            {"action":"increment","by":1,"category":"T","continent":"EU","count":1,"at":"2026-11-30T00:00:00.123Z","seq":"3"} ; the field seq "3"
            """)
    void a_record_that_is_not_a_change(String value, String is) throws Exception {
        publish(
                new ProducerRecord<>(topic, 0, "T|EU".getBytes(UTF_8), value == null ? null : value.getBytes(UTF_8)),
                change(EU, 1, 1, 1),
                last(change(EU, 1, 2, 2), 4));

        assertThat(lines()).containsExactly("changes: 1 phantom", "  " + topic + "@0: is " + is + ", must be a change");
    }

    @Test
    void a_cell_that_no_offer_has() throws Exception {
        publish(change(EU, 2, 2, 1), last(change(AF, 1, 1, 2), 4));

        assertThat(lines())
                .containsExactly(
                        "changes: 2 miscounted",
                        "  Bâtiment|AF: is newest count 1, must be 0",
                        "  Bâtiment|AF: is sum 1, must be 0");
    }

    @Test
    void a_record_with_the_key_of_another_cell() throws Exception {
        ProducerRecord<byte[], byte[]> change = change(EU, 1, 1, 1);
        ProducerRecord<byte[], byte[]> misplaced =
                new ProducerRecord<>(topic, 0, null, AF.key().getBytes(UTF_8), change.value(), change.headers());
        publish(misplaced, last(change(EU, 1, 2, 2), 4));

        assertThat(lines())
                .containsExactly(
                        "changes: 1 misplaced",
                        "  " + topic + "@0: is the key \"Bâtiment|AF\", must be \"Bâtiment|EU\"");
    }

    @Test
    void a_record_of_another_version_or_of_none() throws Exception {
        ProducerRecord<byte[], byte[]> none = change(EU, 1, 1, 1);
        none.headers().remove("offerstorm.version");
        ProducerRecord<byte[], byte[]> second = last(change(EU, 1, 2, 2), 4);
        second.headers().remove("offerstorm.version");
        second.headers().add("offerstorm.version", new byte[] {'2'});
        publish(none, second);

        assertThat(lines())
                .containsExactly(
                        "changes: 2 different",
                        "  " + topic + "@0: is no header offerstorm.version, must be \"1\"",
                        "  " + topic + "@1: is the header offerstorm.version \"2\", must be \"1\"");
    }

    @Test
    void a_count_that_does_not_follow_from_the_one_before() throws Exception {
        publish(change(EU, 3, 3, 1), change(EU, -2, 2, 2), last(change(EU, 1, 2, 3), 4));

        assertThat(lines())
                .containsExactly(
                        "changes: 2 miscounted",
                        "  " + topic + "@1: is count 2 of Bâtiment|EU, must be 3 - 2 = 1",
                        "  " + topic + "@2: is count 2 of Bâtiment|EU, must be 2 + 1 = 3");
    }

    @Test
    void a_compacted_topic_is_judged_by_its_newest_counts() throws Exception {
        kafka.alter(topic, Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, "compact"));
        publish(change(EU, 1, 6, 5), last(change(EU, -4, 2, 9), 4));
        assertThat(lines()).isEmpty();
        assertThat(notes).containsExactly("changes: " + topic + " is compacted: sums and gaps of seq are not compared");

        publish(last(change(EU, 1, 3, 9), 4));
        assertThat(lines())
                .containsExactly(
                        "changes: 1 duplicate",
                        "  " + topic + "@3: is seq 9 again, must be seq 10",
                        "changes: 1 miscounted",
                        "  Bâtiment|EU: is newest count 3, must be 2");
    }

    @Test
    void a_position_that_is_missing_or_says_too_much() throws Exception {
        publish(change(EU, 2, 2, 1));
        assertUncovered("0: is the last record, without a position, must be one with the header offerstorm.position");

        publish(
                position(change(AF, 1, 1, 2), "{".getBytes(UTF_8)),
                position(change(AF, -1, 0, 3), "{".getBytes(UTF_8)));
        assertUncovered("3: is the position \"{\", must be JSON");

        publish(change(AF, 1, 1, 4), last(change(AF, -1, 0, 5), 5));
        assertUncovered("6: is a position at offset 5 of offers-0, must be offset 4 at most");

        Source other = new Source("offers", "id-of-another", 2, 3);
        publish(change(AF, 1, 1, 6), position(change(AF, -1, 0, 7), "g", other, Map.of()));
        assertUncovered("9: is a position in topic id \"id-of-another\" of epoch 2 with 3 partitions, must be one in"
                + " \"id-of-offers\" of epoch 1 with 1");

        publish(change(AF, 1, 1, 8), position(change(AF, -1, 0, 9), "g", SOURCE, Map.of(7, 1L)));
        assertUncovered("12: is a position at offset 1 of offers-7, must be none, there is no such partition");
    }

    @Test
    void a_topic_of_another_stream_or_none_is_no_anomaly() throws Exception {
        publish(position(change(EU, 2, 2, 1), "another", SOURCE, Map.of()));
        assertThatThrownBy(this::lines)
                .isInstanceOf(IOException.class)
                .hasMessage("topic " + topic + " at " + kafka.servers()
                        + " is the topic of the group \"another\", not of \"g\"; name another in changes.topic");

        kafka.addPartitions(topic, 2);
        assertThatThrownBy(this::lines)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("topic " + topic + " at " + kafka.servers() + " has 2 partitions");

        topic = "none";
        assertThatThrownBy(this::lines)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("topic none at " + kafka.servers());
    }

    private void assertUncovered(String example) throws Exception {
        assertThat(lines()).containsExactly("changes: 1 uncovered", "  " + topic + "@" + example);
    }

    private void offer(String id, double latitude, double longitude) {
        fold.add(
                0,
                fold.records(),
                0,
                id.getBytes(UTF_8),
                ("{\"id\":\"" + id + "\",\"name\":\"n\",\"profession_id\":101,\"office_latitude\":" + latitude
                                + ",\"office_longitude\":" + longitude + "}")
                        .getBytes(UTF_8));
    }

    private ProducerRecord<byte[], byte[]> change(Cell cell, long delta, long count, long seq) {
        ChangeRecord change = new ChangeRecord(cell, delta, count, AT, seq);
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, 0, change.key(), change.value());
        record.headers().add(ChangeRecord.VERSION_HEADER, ChangeRecord.VERSION.getBytes(UTF_8));
        return record;
    }

    private static ProducerRecord<byte[], byte[]> last(ProducerRecord<byte[], byte[]> record, long floor) {
        return position(record, "g", SOURCE, Map.of(0, floor));
    }

    private static ProducerRecord<byte[], byte[]> position(
            ProducerRecord<byte[], byte[]> record, String group, Source source, Map<Integer, Long> floors) {
        return position(
                record, new ChangePosition(group, new ChangeId(1, 0), source, floors, new TreeMap<>()).encode());
    }

    private static ProducerRecord<byte[], byte[]> position(ProducerRecord<byte[], byte[]> record, byte[] position) {
        record.headers().add(ChangeRecord.POSITION_HEADER, position);
        return record;
    }

    @SafeVarargs
    private void publish(ProducerRecord<byte[], byte[]>... records) throws Exception {
        send(records);
        producer.commitTransaction();
        kafka.settle(topic, 1);
    }

    @SafeVarargs
    private void abort(ProducerRecord<byte[], byte[]>... records) throws Exception {
        send(records);
        producer.abortTransaction();
    }

    @SafeVarargs
    private void send(ProducerRecord<byte[], byte[]>... records) throws Exception {
        producer.beginTransaction();
        for (ProducerRecord<byte[], byte[]> record : records) {
            producer.send(record).get();
        }
    }

    /** The report of this comparison alone, without the verdict. */
    private List<String> lines() throws IOException {
        notes.clear();
        Anomalies anomalies = new Anomalies(List.of(new Store("changes")));
        Examples examples = new Examples("offers", null, null, fold);
        Verification.Options options = new Verification.Options(Duration.ZERO, 0, 0);
        Scope scope = new Scope(SOURCE, fold, anomalies, examples, options, earlier, notes, VerifyProgress.NONE);
        ChangesConfig config = new ChangesConfig(topic, kafka.servers(), Map.of(), Duration.ofSeconds(5));
        new ChangesComparison(new ChangesReader(config, kafka.servers()), topic, "g", scope).run();
        Result result = new Result(0, 0, 0, List.of("changes"), anomalies.list(), 0, List.of(), List.of());
        List<String> lines = TextReport.write(result).lines().toList();
        return lines.subList(0, lines.size() - 1);
    }
}
