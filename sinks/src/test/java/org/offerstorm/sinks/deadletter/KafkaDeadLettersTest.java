package org.offerstorm.sinks.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.offerstorm.core.config.DeadLetterConfig;
import org.offerstorm.core.model.Source;
import org.offerstorm.core.model.SourcePosition;
import org.offerstorm.core.sink.DeadLetter;
import org.offerstorm.core.sink.Delivery;
import org.offerstorm.core.sink.WriteResult;
import org.offerstorm.local.servers.testing.KafkaFixture;

class KafkaDeadLettersTest {
    private static final Source SOURCE = new Source("offers", "Tid", 3, 6);
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.ofEpochMilli(1_700_000_000_000L));

    @TempDir
    static Path directory;

    /** Kafka's default of max.message.bytes, which the topic of offers has. */
    private static final int LARGEST_RECORD = 1_048_588;

    private static KafkaFixture kafka;

    @BeforeAll
    static void start() throws Exception {
        kafka = new KafkaFixture(directory);
        kafka.create("offers", 6);
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @Test
    void letters_are_read_as_they_were_written_regardless_of_their_bytes() throws Exception {
        DeadLetterConfig config = newTopic("bytes");
        byte[] key = {(byte) 0xff, (byte) 0xfe, 0};
        byte[] value = {0, 1, (byte) 0x80};
        try (KafkaDeadLetters letters = new KafkaDeadLetters(kafka.servers(), config, CLOCK)) {
            assertThat(write(
                            letters,
                            List.of(letter(1, key, value), letter(2, null, new byte[0]), letter(3, key, null))))
                    .isEqualTo(new WriteResult.Done(3, 0));
        }

        List<StoredLetter> read = new DeadLetterReader(kafka.servers(), config).list();

        assertThat(read)
                .extracting(stored -> stored.letter().letterKey())
                .containsExactly("3/offers/5/1", "3/offers/5/2", "3/offers/5/3");
        assertThat(read.get(0).letter().key()).isEqualTo(key);
        assertThat(read.get(0).letter().value()).isEqualTo(value);
        assertThat(read.get(0).refusedAtMillis()).isEqualTo(CLOCK.millis());
        assertThat(read.get(0).letter()).satisfies(letter -> {
            assertThat(letter.source()).isEqualTo(SOURCE);
            assertThat(letter.position()).isEqualTo(new SourcePosition(5, 1, -62_135L));
            assertThat(letter.stage()).isEqualTo("parse");
            assertThat(letter.reason()).isEqualTo("bad_utf8");
            assertThat(letter.detail()).isEqualTo("détail");
        });
        assertThat(read.get(1).letter().key()).isNull();
        assertThat(read.get(1).letter().value()).isEmpty();
        // A null value in a compacted topic would be a deletion of the letter.
        assertThat(read.get(2).letter().value()).isNull();
    }

    @Test
    void a_replayed_letter_counts_once_and_foreign_records_not() throws Exception {
        DeadLetterConfig config = newTopic("replayed");
        try (KafkaDeadLetters letters = new KafkaDeadLetters(kafka.servers(), config, CLOCK)) {
            write(letters, List.of(letter(1, null, null), letter(2, null, null)));
            write(letters, List.of(letter(1, null, null)));
        }
        kafka.producer()
                .send(new ProducerRecord<>(config.topic(), new byte[1], new byte[1]))
                .get();

        assertThat(new DeadLetterReader(kafka.servers(), config).count()).isEqualTo(2);
    }

    @Test
    void the_largest_record_of_the_source_fits_with_its_headers() throws Exception {
        DeadLetterConfig config = newTopic("large");
        byte[] value = new byte[1_048_588 - 100];
        byte[] key = "k".repeat(60_000).getBytes(StandardCharsets.UTF_8);
        try (KafkaDeadLetters letters = new KafkaDeadLetters(kafka.servers(), config, CLOCK)) {
            write(letters, List.of(letter(1, key, value)));
        }
    }

    @Test
    void an_outage_is_retryable_and_it_works_again_when_the_broker_is_back() throws Exception {
        DeadLetterConfig config = newTopic("outage");
        try (KafkaDeadLetters letters = new KafkaDeadLetters(kafka.servers(), config, CLOCK)) {
            write(letters, List.of(letter(1, null, null)));
            int port = kafka.stop();
            WriteResult result = letters.write(List.of(letter(2, null, null), letter(3, null, null)));
            assertThat(result)
                    .isInstanceOfSatisfying(WriteResult.Retryable.class, retryable -> assertThat(retryable.message())
                            .contains(config.topic(), "127.0.0.1:" + port));
            kafka.start(port);
            write(letters, List.of(letter(2, null, null), letter(3, null, null)));
        }
        assertThat(new DeadLetterReader(kafka.servers(), config).count()).isEqualTo(3);
    }

    @Test
    void several_deliveries_are_under_way_and_an_outage_fails_each_that_is_not_confirmed() throws Exception {
        DeadLetterConfig config = newTopic("deliveries");
        try (KafkaDeadLetters letters = new KafkaDeadLetters(kafka.servers(), config, CLOCK)) {
            write(letters, List.of(letter(1, null, null)));
            int port = kafka.stop();
            Delivery second = letters.send(List.of(letter(2, null, null)));
            Delivery third = letters.send(List.of(letter(3, null, null), letter(4, null, null)));
            assertThat(second.result()).isInstanceOf(WriteResult.Retryable.class);
            kafka.start(port);
            write(letters, List.of(letter(2, null, null)));
            assertThat(third.result()).isInstanceOf(WriteResult.Retryable.class);
            assertThat(third.result()).isSameAs(third.result());

            Delivery again = letters.send(List.of(letter(3, null, null), letter(4, null, null)));
            await().atMost(Duration.ofMinutes(1)).until(again::isKnown);
            assertThat(again.result()).isEqualTo(new WriteResult.Done(2, 0));
        }
        assertThat(new DeadLetterReader(kafka.servers(), config).count()).isEqualTo(4);
    }

    @Test
    void a_letter_that_the_broker_refuses_is_retryable_until_the_topic_is_repaired() throws Exception {
        DeadLetterConfig config = newTopic("refused");
        kafka.alter(config.topic(), Map.of("max.message.bytes", "1000"));
        List<DeadLetter> large = List.of(letter(1, null, new byte[10_000]));
        try (KafkaDeadLetters letters = new KafkaDeadLetters(kafka.servers(), config, CLOCK)) {
            // The broker takes up a changed setting a moment later.
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> letters.write(large) instanceof WriteResult.Retryable refused
                            && refused.message().contains("raise max.message.bytes of the topic"));
            kafka.alter(config.topic(), Map.of("max.message.bytes", "20000"));
            await().atMost(Duration.ofMinutes(1)).until(() -> letters.write(large) instanceof WriteResult.Done);
        }
        assertThat(new DeadLetterReader(kafka.servers(), config).count()).isEqualTo(1);
    }

    /** All of them count, not only the last one. */
    @Test
    void one_refused_letter_before_others_that_are_taken_is_retryable() throws Exception {
        // From its start: a broker that takes up a changed setting a moment later would take the first letter once.
        DeadLetterConfig config = newTopic("one-refused", 1_000);
        List<DeadLetter> some = List.of(letter(1, null, new byte[10_000]), letter(2, null, null));
        try (KafkaDeadLetters letters = new KafkaDeadLetters(kafka.servers(), config, CLOCK)) {
            for (int i = 0; i < 6; i++) {
                assertThat(letters.write(some)).isInstanceOf(WriteResult.Retryable.class);
            }
        }
        assertThat(new DeadLetterReader(kafka.servers(), config).list())
                .extracting(stored -> stored.letter().position().offset())
                .doesNotContain(1L);
    }

    @Test
    void a_missing_topic_is_retryable_and_reported_to_the_reader() {
        DeadLetterConfig config = new DeadLetterConfig("nowhere", Map.of());
        try (KafkaDeadLetters letters = new KafkaDeadLetters(kafka.servers(), config, CLOCK)) {
            assertThat(letters.write(List.of(letter(1, null, null))))
                    .isInstanceOfSatisfying(WriteResult.Retryable.class, retryable -> assertThat(retryable.message())
                            .contains("nowhere"));
        }
        assertThatThrownBy(() -> new DeadLetterReader(kafka.servers(), config).count())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("nowhere");
    }

    /** As a bolt does: again if the broker, or the news of the topic, was late. */
    private static WriteResult write(KafkaDeadLetters letters, List<DeadLetter> some) {
        return await().atMost(Duration.ofMinutes(1))
                .until(() -> letters.write(some), WriteResult.Done.class::isInstance);
    }

    private static DeadLetterConfig newTopic(String name) throws Exception {
        return newTopic(name, LARGEST_RECORD + KafkaDeadLetters.HEADROOM_BYTES);
    }

    private static DeadLetterConfig newTopic(String name, int maxMessageBytes) throws Exception {
        kafka.createDeadLetters(name, maxMessageBytes);
        return new DeadLetterConfig(name, Map.of());
    }

    private static DeadLetter letter(long offset, byte[] key, byte[] value) {
        return new DeadLetter(
                SOURCE, new SourcePosition(5, offset, -62_135L), key, value, "parse", "bad_utf8", "détail");
    }
}
