package org.offerstorm.sinks.expiry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.offerstorm.core.config.SourceConfig;
import org.offerstorm.core.model.CommitMetadata;
import org.offerstorm.core.model.Delete;
import org.offerstorm.core.model.Source;
import org.offerstorm.core.model.SourceRecord;
import org.offerstorm.core.parse.ParseResult;
import org.offerstorm.core.parse.RecordParser;
import org.offerstorm.core.parse.SourceUnavailable;
import org.offerstorm.local.servers.testing.KafkaFixture;
import org.offerstorm.sinks.withdrawal.RecordIds;
import org.offerstorm.sinks.withdrawal.TopicWriter;

/** Against a real broker, with a store that folds the log up to where a test lets it. */
class ExpirerTest {
    private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");

    @TempDir
    static Path directory;

    private static KafkaFixture kafka;

    private SourceConfig source;
    private final FoldedLog store = new FoldedLog();
    private RecordIds ids = RecordIds.ofKeys();
    private Instant now = NOON;
    private final InstantSource clock = () -> now;

    @BeforeAll
    static void start() throws Exception {
        kafka = new KafkaFixture(directory);
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @Test
    void an_offer_that_is_due_is_deleted_once_and_the_others_stay() throws Exception {
        begin(2);
        send("due", NOON);
        send("later", NOON.plusSeconds(1));
        send("forever", null);
        store.read();
        commitFloors();

        try (Expirer expirer = expirer()) {
            assertThat(expirer.round()).isEqualTo(new Expiry.Round(1, false));
            store.read();
            commitFloors();
            assertThat(expirer.round()).isEqualTo(new Expiry.Round(0, false));
        }

        assertThat(deletions()).containsExactly("due offerstorm.expired=valid_through");
        assertThat(store.live()).containsExactly("forever", "later");
    }

    @Test
    void the_stores_may_lag_behind_the_deletion_and_no_second_one_is_sent() throws Exception {
        begin(1);
        send("due", NOON);
        store.read();
        commitFloors();

        try (Expirer expirer = expirer()) {
            assertThat(expirer.round().expired()).isEqualTo(1);
            assertThat(expirer.round().expired()).isZero(); // the store still has it
            assertThat(expirer.round().expired()).isZero();
        }

        assertThat(deletions()).hasSize(1);
    }

    @Test
    void a_correction_that_the_store_does_not_have_yet_keeps_the_offer() throws Exception {
        begin(1);
        send("extended", NOON);
        store.read();
        commitFloors();
        send("extended", NOON.plusSeconds(3600));

        try (Expirer expirer = expirer()) {
            assertThat(expirer.round().expired()).isZero();
            store.read();
            commitFloors();
            assertThat(expirer.round().expired()).isZero();
            now = NOON.plusSeconds(3600);
            assertThat(expirer.round().expired()).isEqualTo(1);
        }
        assertThat(deletions()).hasSize(1);
    }

    @Test
    void a_correction_between_the_search_and_the_deletion_keeps_the_offer() throws Exception {
        begin(1);
        send("extended", NOON);
        send("due", NOON);
        store.read();
        commitFloors();
        store.afterSearch = () -> send("extended", NOON.plusSeconds(3600));

        try (Expirer expirer = expirer()) {
            assertThat(expirer.round().expired()).isEqualTo(1);
        }
        store.read();
        assertThat(store.live()).containsExactly("extended");
    }

    @Test
    void a_correction_that_is_durable_but_not_searchable_yet_keeps_the_offer() throws Exception {
        begin(1);
        send("extended", NOON);
        store.read();
        store.searchable = store.copy();
        send("extended", NOON.plusSeconds(3600));
        store.read();
        commitFloors(); // above the correction: only real-time get knows of it

        try (Expirer expirer = expirer()) {
            assertThat(expirer.round().expired()).isZero();
        }
        assertThat(deletions()).isEmpty();
    }

    @Test
    void an_offer_that_was_due_when_it_came_is_deleted_though_the_floor_is_below_it() throws Exception {
        begin(1);
        send("earlier", null);
        store.read();
        commitFloors();
        send("due", NOON.minusSeconds(60));
        store.read(); // written, but the floor is not committed yet

        try (Expirer expirer = expirer()) {
            assertThat(expirer.round().expired()).isEqualTo(1);
        }
        assertThat(deletions()).hasSize(1);
    }

    @Test
    void a_clock_that_is_set_back_only_delays() throws Exception {
        begin(1);
        send("due", NOON);
        store.read();
        commitFloors();
        try (Expirer expirer = expirer()) {
            now = NOON.minusSeconds(3600);
            assertThat(expirer.round().expired()).isZero();
            now = NOON;
            assertThat(expirer.round().expired()).isEqualTo(1);
            now = NOON.minusSeconds(3600);
            assertThat(expirer.round().expired()).isZero();
        }
        assertThat(deletions()).hasSize(1);
    }

    @Test
    void records_of_producers_that_choose_partitions_otherwise_are_deleted_where_they_are() throws Exception {
        begin(3);
        for (int partition = 0; partition < 3; partition++) {
            send(partition, "in-" + partition, NOON);
        }
        store.read();
        commitFloors();
        try (Expirer expirer = expirer()) {
            assertThat(expirer.round().expired()).isEqualTo(3);
        }
        store.read();
        assertThat(store.live()).isEmpty();
        Map<String, Integer> partitions = new TreeMap<>();
        records().stream()
                .filter(record -> record.value() == null)
                .forEach(record -> partitions.put(text(record.key()), record.partition()));
        assertThat(partitions).containsExactly(Map.entry("in-0", 0), Map.entry("in-1", 1), Map.entry("in-2", 2));
    }

    @Test
    void nothing_expires_without_floors_of_this_stream() throws Exception {
        begin(1);
        send("due", NOON);
        store.read();
        try (Expirer expirer = expirer()) {
            assertThatThrownBy(expirer::round)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("has committed no floor of this stream");
            commitFloors("another topic's id", "solr");
            assertThatThrownBy(expirer::round).hasMessageContaining("no floor of this stream");
            commitFloors(topicId(), "redis"); // the store that was asked is not among them
            assertThatThrownBy(expirer::round).hasMessageContaining("no floor of this stream");
            commitFloors();
            assertThat(expirer.round().expired()).isEqualTo(1);
        }
    }

    @Test
    void a_stream_that_is_far_behind_catches_up_first() throws Exception {
        begin(1);
        send("due", NOON);
        store.read();
        commitFloors();
        kafka.produce(source, 1, 0, (int) Expirer.MOST_BEHIND + 1);
        try (Expirer expirer = expirer()) {
            assertThatThrownBy(expirer::round).hasMessageContaining("offers expire when it has caught up");
        }
    }

    @Test
    void a_second_expirer_of_the_group_ends_the_first_and_nothing_is_deleted_twice() throws Exception {
        begin(1);
        send("a", NOON);
        store.read();
        commitFloors();
        try (Expirer first = expirer();
                Expirer second = expirer()) {
            assertThat(first.round().expired()).isEqualTo(1);
            store.read();
            commitFloors();
            send("b", NOON);
            store.read();
            commitFloors();
            store.afterSearch = () -> assertThat(second.round().expired()).isEqualTo(1);
            assertThat(first.round().expired()).isZero(); // the tail shows the second one's deletion
            store.read();
            commitFloors();
            send("c", NOON);
            store.read();
            commitFloors();
            assertThatThrownBy(first::round).hasMessageContaining("another expirer of group");
            assertThat(first.round().expired()).isEqualTo(1); // opens again
        }
        assertThat(deletions()).hasSize(3);
    }

    @Test
    void an_expirer_that_is_killed_in_its_transaction_leaves_its_work_to_the_next_one() throws Exception {
        begin(1);
        send("due", NOON);
        store.read();
        commitFloors();
        var killed = kafka.transactional(Expirer.transactionalId(source));
        killed.beginTransaction();
        killed.send(new ProducerRecord<>(source.topic(), 0, "due".getBytes(UTF_8), null))
                .get();

        try (Expirer expirer = expirer()) {
            // Sees a deletion, and cannot know that it is void; but its writer has ended the killed one's transaction.
            assertThat(expirer.round().expired()).isZero();
            store.read();
            commitFloors();
            assertThat(store.live()).containsExactly("due");
            assertThat(expirer.round().expired()).isEqualTo(1);
        }
        assertThat(deletions()).hasSize(1);
    }

    @Test
    void more_than_a_page_expires_in_several_rounds() throws Exception {
        begin(2);
        for (int i = 0; i < TopicWriter.BATCH + 10; i++) {
            kafka.producer().send(record(null, "o" + i, NOON)).isDone();
        }
        kafka.producer().flush();
        store.read();
        commitFloors();
        try (Expirer expirer = expirer()) {
            assertThat(expirer.round()).isEqualTo(new Expiry.Round(TopicWriter.BATCH, true));
            store.read();
            commitFloors();
            assertThat(expirer.round()).isEqualTo(new Expiry.Round(10, false));
        }
        store.read();
        assertThat(store.live()).isEmpty();
    }

    @Test
    void where_the_id_is_in_the_value_a_correction_keeps_the_offer() throws Exception {
        ids = RecordIds.ofValues(new IdBeforeBlank());
        begin(3);
        send("acme", 1, "extended", NOON);
        send("acme", 1, "extended meanwhile", NOON);
        store.read();
        commitFloors();
        send("acme", 1, "extended", NOON.plusSeconds(3600));
        store.afterSearch = () -> send("acme", 1, "extended meanwhile", NOON.plusSeconds(3600));

        try (Expirer expirer = expirer()) {
            assertThat(expirer.round().expired()).isZero();
        }
        assertThat(deletions()).isEmpty();
    }

    @Test
    void where_the_id_is_in_the_value_an_offer_is_deleted_where_its_records_are() throws Exception {
        ids = RecordIds.ofValues(new IdBeforeBlank());
        begin(3);
        for (int partition = 0; partition < 3; partition++) {
            send("acme", partition, "due-" + partition, NOON);
            send(null, partition, "other-" + partition, null);
        }
        store.read();
        commitFloors();

        try (Expirer expirer = expirer()) {
            assertThat(expirer.round().expired()).isEqualTo(3);
        }
        assertThat(records())
                .filteredOn(record -> record.value() == null)
                .allSatisfy(record -> assertThat(text(record.key())).isEqualTo("due-" + record.partition()))
                .hasSize(3);
        store.read();
        assertThat(store.live()).containsExactly("other-0", "other-1", "other-2");
    }

    /** A deletion elsewhere could have a higher offset than a correction that comes later. */
    @Test
    void where_the_id_is_in_the_value_an_offer_without_record_stays() throws Exception {
        ids = RecordIds.ofValues(new IdBeforeBlank());
        begin(2);
        send("acme", 0, "other", null);
        store.read();
        store.offers.put("of an earlier topic", new FoldedLog.Held(7, NOON));
        store.offers.put("trimmed", new FoldedLog.Held(new Source("", "", 1, 2).version(0), NOON));
        commitFloors();

        try (Expirer expirer = expirer()) {
            assertThat(expirer.round()).isEqualTo(new Expiry.Round(0, false));
        }
        assertThat(deletions()).isEmpty();
    }

    @Test
    void a_parser_that_cannot_work_now_only_delays() throws Exception {
        boolean[] away = {false};
        ids = RecordIds.ofValues(new IdBeforeBlank() {
            @Override
            public ParseResult parse(SourceRecord record) {
                if (away[0]) {
                    throw new SourceUnavailable("the registry is away", null);
                }
                return super.parse(record);
            }
        });
        begin(1);
        send("acme", 0, "due", NOON);
        store.read();
        commitFloors();

        try (Expirer expirer = expirer()) {
            away[0] = true;
            assertThatThrownBy(expirer::round).hasMessage("the registry is away");
            away[0] = false;
            assertThat(expirer.round().expired()).isEqualTo(1);
        }
    }

    /** Of values such as {@code some id 2026-05-01T12:00:00Z}. */
    private static class IdBeforeBlank implements RecordParser {
        @Override
        public ParseResult parse(SourceRecord record) {
            String id = record.value() == null
                    ? text(record.key())
                    : text(record.value()).replaceFirst(" [^ ]*$", "");
            return new ParseResult.Accepted(new Delete(record.position(), id));
        }

        @Override
        public int unknownFields() {
            return 0;
        }
    }

    private void begin(int partitions) throws Exception {
        source = kafka.newTopic(partitions);
        store.partitions = partitions;
    }

    private Expirer expirer() {
        return new Expirer(source, "solr", store, ids, clock);
    }

    private void send(String id, Instant until) throws IOException {
        send(null, id, until);
    }

    private void send(Integer partition, String id, Instant until) throws IOException {
        try {
            RecordMetadata sent =
                    kafka.producer().send(record(partition, id, until)).get();
            assertThat(sent.hasOffset()).isTrue();
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    /** A record whose key is not the id. */
    private void send(String key, int partition, String id, Instant until) throws IOException {
        byte[] value = (id + " " + until).getBytes(UTF_8);
        try {
            kafka.producer()
                    .send(new ProducerRecord<>(
                            source.topic(), partition, key == null ? null : key.getBytes(UTF_8), value))
                    .get();
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    private ProducerRecord<byte[], byte[]> record(Integer partition, String id, Instant until) {
        return new ProducerRecord<>(
                source.topic(),
                partition,
                id.getBytes(UTF_8),
                String.valueOf(until).getBytes(UTF_8));
    }

    private String topicId() throws Exception {
        return kafka.admin()
                .describeTopics(List.of(source.topic()))
                .topicNameValues()
                .get(source.topic())
                .get()
                .topicId()
                .toString();
    }

    private void commitFloors() throws Exception {
        commitFloors(topicId(), "solr");
    }

    /** As the stream does: all that the store has read. */
    private void commitFloors(String topicId, String sink) throws Exception {
        Map<TopicPartition, OffsetAndMetadata> floors = new HashMap<>();
        String metadata = new CommitMetadata(topicId, 1, store.partitions, 0, false, false, 1, Set.of(sink)).encode();
        for (int partition = 0; partition < store.partitions; partition++) {
            floors.put(
                    new TopicPartition(source.topic(), partition),
                    new OffsetAndMetadata(store.read.getOrDefault(partition, 0L), metadata));
        }
        kafka.admin().alterConsumerGroupOffsets(source.group(), floors).all().get();
    }

    private List<String> deletions() {
        List<String> deletions = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : records()) {
            if (record.value() == null) {
                StringBuilder text = new StringBuilder(text(record.key()));
                record.headers().forEach(header -> text.append(' ')
                        .append(header.key())
                        .append('=')
                        .append(text(header.value())));
                deletions.add(text.toString());
            }
        }
        return deletions;
    }

    private List<ConsumerRecord<byte[], byte[]>> records() {
        return store.poll(new HashMap<>());
    }

    private static String text(byte[] bytes) {
        return new String(bytes, UTF_8);
    }

    /** Live offers by the committed records; may be searched at an older state than it has. */
    private final class FoldedLog implements DueOffers {
        private record Held(long version, Instant until) {}

        private interface Hook {
            void run() throws IOException;
        }

        private int partitions;
        private Map<Integer, Long> read = new HashMap<>();
        private Map<String, Held> offers = new TreeMap<>();
        /** Null: the same. */
        private Map<String, Held> searchable;

        private Hook afterSearch = () -> {};

        Map<String, Held> copy() {
            return new TreeMap<>(offers);
        }

        void read() {
            for (ConsumerRecord<byte[], byte[]> record : poll(read)) {
                String id = text(ids.of(record));
                if (record.value() == null) {
                    offers.remove(id);
                } else {
                    String until = text(record.value()).replaceFirst(".* ", "");
                    long version = new Source("", "", 1, partitions).version(record.offset());
                    offers.put(id, new Held(version, until.equals("null") ? null : Instant.parse(until)));
                }
            }
        }

        List<String> live() {
            return List.copyOf(offers.keySet());
        }

        /** Committed records from these offsets on, which are moved. */
        List<ConsumerRecord<byte[], byte[]>> poll(Map<Integer, Long> from) {
            kafka.settle(source.topic(), partitions);
            List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
            try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                    Map.of("bootstrap.servers", source.bootstrapServers(), "isolation.level", "read_committed"),
                    new ByteArrayDeserializer(),
                    new ByteArrayDeserializer())) {
                List<TopicPartition> all = new ArrayList<>();
                for (int i = 0; i < partitions; i++) {
                    all.add(new TopicPartition(source.topic(), i));
                }
                consumer.assign(all);
                all.forEach(at -> consumer.seek(at, from.getOrDefault(at.partition(), 0L)));
                Map<TopicPartition, Long> ends = consumer.endOffsets(all);
                while (all.stream().anyMatch(at -> consumer.position(at) < ends.get(at))) {
                    consumer.poll(Duration.ofMillis(20)).forEach(records::add);
                }
                all.forEach(at -> from.put(at.partition(), consumer.position(at)));
            }
            return records;
        }

        @Override
        public List<DueOffer> due(Instant until, int skip, int most) throws IOException {
            List<DueOffer> due = (searchable == null ? offers : searchable)
                    .entrySet().stream()
                            .filter(offer -> offer.getValue().until() != null
                                    && !offer.getValue().until().isAfter(until))
                            .sorted(Comparator.comparing(
                                    offer -> offer.getValue().until()))
                            .map(offer -> new DueOffer(
                                    offer.getKey(), offer.getValue().version()))
                            .skip(skip)
                            .limit(most)
                            .toList();
            Hook hook = afterSearch;
            afterSearch = () -> {};
            hook.run();
            return due;
        }

        @Override
        public List<DueOffer> newest(List<DueOffer> due) {
            return due.stream()
                    .filter(offer -> offers.containsKey(offer.id())
                            && offers.get(offer.id()).version() == offer.version())
                    .toList();
        }
    }
}
