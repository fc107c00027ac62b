package org.offerstorm.sinks.withdrawal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.offerstorm.core.config.SourceConfig;
import org.offerstorm.local.servers.testing.KafkaFixture;

/** Against a real broker. */
class TopicWriterTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Map.Entry<String, String> HEADER = Map.entry("why", "test");

    @TempDir
    static Path directory;

    private static KafkaFixture kafka;

    @BeforeAll
    static void start() throws Exception {
        kafka = new KafkaFixture(directory);
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @Test
    void deletions_carry_the_header_and_are_read_once() throws Exception {
        SourceConfig source = kafka.newTopic(2);
        send(source, 0, "a", "1");
        send(source, 1, "b", "1");

        List<Withdrawal> gone = delete(source, new Withdrawal(bytes("a"), 0, 0), new Withdrawal(bytes("b"), 1, 0));

        assertThat(gone).hasSize(2);
        assertThat(committed(source, 2)).containsExactlyInAnyOrder("a=1", "b=1", "a=null test", "b=null test");
    }

    @Test
    void an_offer_that_was_corrected_before_stays_and_the_others_go() throws Exception {
        SourceConfig source = kafka.newTopic(1);
        send(source, 0, "a", "1");
        send(source, 0, "b", "1");
        send(source, 0, "a", "2");

        List<Withdrawal> gone = delete(source, new Withdrawal(bytes("a"), 0, 0), new Withdrawal(bytes("b"), 0, 1));

        assertThat(gone).extracting(withdrawal -> text(withdrawal.key())).containsExactly("b");
        assertThat(committed(source, 1)).containsExactly("a=1", "b=1", "a=2", "b=null test");
    }

    /** The correction is written after the last look at the log, and before the deletion. */
    @Test
    void an_offer_that_is_corrected_while_it_is_withdrawn_stays() throws Exception {
        SourceConfig source = kafka.newTopic(1);
        send(source, 0, "a", "1");
        send(source, 0, "b", "1");

        List<Withdrawal> gone;
        try (TopicTail tail = new TopicTail(source, Map.of(0, 0L), PATIENCE);
                TopicWriter writer = new TopicWriter(
                        source.topic(),
                        before(kafka.transactional("racing"), "beginTransaction", 1, () -> send(source, 0, "a", "2")),
                        HEADER)) {
            gone = writer.delete(
                    List.of(new Withdrawal(bytes("a"), 0, 0), new Withdrawal(bytes("b"), 0, 1)), tail, new ById());
        }

        assertThat(gone).extracting(withdrawal -> text(withdrawal.key())).containsExactly("b");
        assertThat(committed(source, 1)).containsExactly("a=1", "b=1", "a=2", "b=null test");
    }

    /** After the deletion is in the log, any correction is newer than it. */
    @Test
    void a_correction_after_the_deletion_wins_as_the_newer_record() throws Exception {
        SourceConfig source = kafka.newTopic(1);
        send(source, 0, "a", "1");

        try (TopicTail tail = new TopicTail(source, Map.of(0, 0L), PATIENCE);
                TopicWriter writer = new TopicWriter(
                        source.topic(),
                        before(kafka.transactional("after"), "commitTransaction", 1, () -> send(source, 0, "a", "2")),
                        HEADER)) {
            writer.delete(List.of(new Withdrawal(bytes("a"), 0, 0)), tail, new ById());
        }

        assertThat(committed(source, 1)).containsExactly("a=1", "a=null test", "a=2");
    }

    @Test
    void a_correction_in_a_transaction_that_is_still_open_keeps_its_offer() throws Exception {
        SourceConfig source = kafka.newTopic(1);
        send(source, 0, "a", "1");
        try (Producer<byte[], byte[]> other = kafka.transactional("open")) {
            other.beginTransaction();
            other.send(new ProducerRecord<>(source.topic(), 0, bytes("a"), bytes("2")))
                    .get();

            assertThat(delete(source, new Withdrawal(bytes("a"), 0, 0))).isEmpty();

            other.commitTransaction();
        }
        assertThat(committed(source, 1)).containsExactly("a=1", "a=2");
    }

    @Test
    void a_writer_that_is_killed_leaves_nothing_and_the_next_one_finishes_its_work() throws Exception {
        SourceConfig source = kafka.newTopic(1);
        send(source, 0, "a", "1");
        TopicWriter killed = new TopicWriter(
                source.topic(),
                before(kafka.transactional("id"), "commitTransaction", 1, () -> {
                    throw new KafkaException("killed");
                }),
                HEADER);
        try (TopicTail tail = new TopicTail(source, Map.of(0, 1L), PATIENCE)) {
            assertThatThrownBy(() -> killed.delete(List.of(new Withdrawal(bytes("a"), 0, 0)), tail, new ById()))
                    .hasMessage("killed");
        }

        // Not closed: for the broker, it is as if it was still there.
        try (TopicWriter next = TopicWriter.open(source, "id", HEADER, PATIENCE);
                TopicTail tail = new TopicTail(source, Map.of(0, 2L), PATIENCE)) {
            assertThat(next.delete(List.of(new Withdrawal(bytes("a"), 0, 0)), tail, new ById()))
                    .hasSize(1);
        }
        assertThat(committed(source, 1)).containsExactly("a=1", "a=null test");
    }

    @Test
    void the_newest_writer_of_an_id_ends_the_others() throws Exception {
        SourceConfig source = kafka.newTopic(1);
        send(source, 0, "a", "1");
        try (TopicWriter first = TopicWriter.open(source, "same", HEADER, PATIENCE);
                TopicWriter second = TopicWriter.open(source, "same", HEADER, PATIENCE);
                TopicTail tail = new TopicTail(source, Map.of(0, 0L), PATIENCE)) {
            assertThatThrownBy(() -> first.delete(List.of(new Withdrawal(bytes("a"), 0, 0)), tail, new ById()))
                    .isInstanceOfSatisfying(KafkaException.class, e -> assertThat(TopicWriter.isFenced(e))
                            .isTrue());
            assertThat(second.put(List.of(new TopicRecord(null, bytes("c"), bytes("1")))))
                    .isEmpty();
        }
        assertThat(committed(source, 1)).containsExactly("a=1", "c=1 test");
    }

    @Test
    void a_deletion_below_its_offer_in_another_partition_would_take_no_effect_and_is_not_made() throws Exception {
        SourceConfig source = kafka.newTopic(2);
        send(source, 0, "a", "1");

        assertThat(delete(source, new Withdrawal(bytes("a"), 1, 7))).isEmpty();

        assertThat(committed(source, 2)).containsExactly("a=1");
    }

    @Test
    void a_record_that_is_too_large_does_not_keep_the_others_out() throws Exception {
        SourceConfig source = kafka.newTopic(1);
        byte[] large = new byte[2 << 20]; // more than the topic takes
        byte[] huge = new byte[20 << 20]; // more than the client takes
        try (TopicWriter writer = TopicWriter.open(source, "large", HEADER, PATIENCE)) {
            assertThat(writer.put(List.of(
                            new TopicRecord(null, bytes("a"), bytes("1")),
                            new TopicRecord(null, bytes("b"), large),
                            new TopicRecord(null, bytes("c"), huge),
                            new TopicRecord(null, bytes("d"), bytes("1")))))
                    .containsExactly(1, 2);
            assertThat(writer.put(List.of(new TopicRecord(null, bytes("e"), bytes("1")))))
                    .isEmpty();
        }
        assertThat(committed(source, 1)).containsExactly("a=1 test", "d=1 test", "e=1 test");
    }

    /** The client fails records that wait to be sent with the exception of another one. */
    @Test
    void a_record_that_waits_for_one_that_is_too_large_is_not_given_up() throws Exception {
        SourceConfig source = kafka.newTopic(1);
        byte[] huge = new byte[20 << 20];
        try (TopicWriter writer = TopicWriter.open(source, "waits", HEADER, PATIENCE)) {
            assertThat(writer.put(List.of(
                            new TopicRecord(null, bytes("a"), bytes("1")),
                            new TopicRecord(null, bytes("b"), bytes("22")),
                            new TopicRecord(null, bytes("c"), huge),
                            new TopicRecord(null, bytes("d"), huge))))
                    .containsExactly(2, 3);
        }
        assertThat(committed(source, 1)).containsExactly("a=1 test", "b=22 test");
    }

    @Test
    void single_records_are_found_by_their_offsets() throws Exception {
        SourceConfig source = kafka.newTopic(1);
        kafka.produce(source, 1, 0, 2_000);
        kafka.deleteRecordsBelow(source, 0, 5);
        List<String> keys = new ArrayList<>();
        try (RecordsAt log = new RecordsAt(source, PATIENCE)) {
            log.read(0, new long[] {3, 5, 6, 1500, 1999, 2000}, record -> keys.add(text(record.key())));
        }
        assertThat(keys).containsExactly("5", "6", "1500", "1999");
    }

    private static List<Withdrawal> delete(SourceConfig source, Withdrawal... withdrawals) {
        Map<Integer, Long> from = new HashMap<>();
        for (Withdrawal withdrawal : withdrawals) {
            from.put(withdrawal.partition(), 0L);
        }
        try (TopicTail tail = new TopicTail(source, from, PATIENCE);
                TopicWriter writer = TopicWriter.open(source, "of " + source.topic(), HEADER, PATIENCE)) {
            return writer.delete(List.of(withdrawals), tail, new ById());
        }
    }

    /** Does something before the n-th call of a method. */
    @SuppressWarnings("unchecked")
    private static Producer<byte[], byte[]> before(
            Producer<byte[], byte[]> producer, String method, int call, Action action) {
        int[] calls = {0};
        return (Producer<byte[], byte[]>) Proxy.newProxyInstance(
                TopicWriterTest.class.getClassLoader(), new Class<?>[] {Producer.class}, (self, called, arguments) -> {
                    if (called.getName().equals(method) && ++calls[0] == call) {
                        action.run();
                    }
                    try {
                        return called.invoke(producer, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private interface Action {
        void run() throws Exception;
    }

    private static void send(SourceConfig source, int partition, String key, String value) throws Exception {
        kafka.producer()
                .send(new ProducerRecord<>(source.topic(), partition, bytes(key), bytes(value)))
                .get();
    }

    /** Key, value and header of the committed records. */
    private static List<String> committed(SourceConfig source, int partitions) {
        kafka.settle(source.topic(), partitions);
        List<String> records = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", source.bootstrapServers(), "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> all = new ArrayList<>();
            for (int i = 0; i < partitions; i++) {
                all.add(new TopicPartition(source.topic(), i));
            }
            consumer.assign(all);
            consumer.seekToBeginning(all);
            Map<TopicPartition, Long> ends = consumer.endOffsets(all);
            while (all.stream().anyMatch(at -> consumer.position(at) < ends.get(at))) {
                consumer.poll(Duration.ofMillis(50)).forEach(record -> records.add(shown(record)));
            }
        }
        return records;
    }

    private static String shown(ConsumerRecord<byte[], byte[]> record) {
        StringBuilder text =
                new StringBuilder(text(record.key()) + "=" + (record.value() == null ? "null" : text(record.value())));
        record.headers().forEach(header -> text.append(' ').append(text(header.value())));
        return text.toString();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, UTF_8);
    }

    /** Every record after the one that is to be withdrawn corrects it. */
    private static final class ById implements Corrections {
        private final Set<String> seen = new HashSet<>();

        @Override
        public void saw(ConsumerRecord<byte[], byte[]> record) {
            seen.add(text(record.key()) + "@" + record.offset());
        }

        @Override
        public boolean isCorrected(Withdrawal withdrawal) {
            String id = text(withdrawal.key()) + "@";
            return seen.stream()
                    .anyMatch(record -> record.startsWith(id)
                            && Long.parseLong(record.substring(id.length())) > withdrawal.offset());
        }
    }
}
