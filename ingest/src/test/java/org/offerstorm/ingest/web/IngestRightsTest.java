package org.offerstorm.ingest.web;

import static org.apache.kafka.common.acl.AclOperation.CREATE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;
import static org.apache.kafka.common.resource.ResourceType.TOPIC;
import static org.apache.kafka.common.resource.ResourceType.TRANSACTIONAL_ID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.offerstorm.core.config.SourceConfig;
import org.offerstorm.ingest.web.IngestFixture.Reply;

/** The server as a user of Kafka whose rights come and go. */
class IngestRightsTest {
    @TempDir
    static Path directory;

    private static GuardedKafka kafka;

    /** Ids of the offers that were answered with 200. */
    private final List<String> acknowledged = new ArrayList<>();

    private int posted;

    @BeforeAll
    static void start() throws Exception {
        kafka = new GuardedKafka(directory);
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @Test
    void a_right_that_is_taken_away_is_named_and_when_it_is_back_offers_are_stored() throws Exception {
        SourceConfig source = kafka.newTopic();
        kafka.permit(source, TOPIC, source.topic(), DESCRIBE, WRITE);
        try (IngestFixture ingest = new IngestFixture(source).up()) {
            until(200, ingest);
            kafka.takeAway(source, TOPIC, source.topic(), WRITE);

            refused(until(503, ingest), "lacks the right Describe or Write on topic " + source.topic());

            kafka.permit(source, TOPIC, source.topic(), WRITE);
            until(200, ingest);
            theTopicHasWhatWasAcknowledged(source);
        }
    }

    @Test
    void a_topic_that_may_not_even_be_seen_is_named() throws Exception {
        SourceConfig source = kafka.newTopic();
        kafka.permit(source, TOPIC, source.topic(), DESCRIBE);
        try (IngestFixture ingest = new IngestFixture(source).up()) {
            kafka.takeAway(source, TOPIC, source.topic(), DESCRIBE);
            await().atMost(IngestFixture.PATIENCE)
                    .until(() -> !ingest.link().state().up());

            assertThat(ingest.link().state().problem())
                    .contains("lacks the right Describe or Write on topic " + source.topic());
            kafka.permit(source, TOPIC, source.topic(), DESCRIBE, WRITE);
            until(200, ingest);
        }
    }

    /** Kafka gives no id to a producer that may write nowhere. */
    @Test
    void a_user_without_the_right_to_write_anywhere_gets_it_later() throws Exception {
        SourceConfig source = kafka.newTopic();
        kafka.permit(source, TOPIC, source.topic(), DESCRIBE);
        try (IngestFixture ingest = new IngestFixture(source).up()) {
            refused(until(503, ingest), "lacks the right Write on topic " + source.topic());

            kafka.permit(source, TOPIC, source.topic(), WRITE);
            until(200, ingest);
            theTopicHasWhatWasAcknowledged(source);
        }
    }

    /** After that Kafka's producer fails forever. */
    @Test
    void after_a_login_that_was_refused_the_producer_is_made_again() throws Exception {
        SourceConfig source = kafka.newTopic();
        kafka.permit(source, TOPIC, source.topic(), DESCRIBE, WRITE);
        try (IngestFixture ingest = new IngestFixture(source).up()) {
            long others = producers();
            kafka.deleteUser(source);
            for (int i = 0; i < 30; i++) {
                refused(until(503, ingest), "Kafka refuses the login of this server");
                assertThat(producers()).isLessThanOrEqualTo(others + 1);
                Thread.sleep(100); // so that several are made
            }

            kafka.createUser(source);
            until(200, ingest);
            theTopicHasWhatWasAcknowledged(source);
        }
    }

    @Test
    void a_right_that_idempotency_keys_need_is_named() throws Exception {
        SourceConfig source = kafka.newTopic();
        String id = "offerstorm.ingest." + source.topic();
        String answers = source.topic() + ".ingest-keys";
        String[] key = {"Idempotency-Key", "k"};
        kafka.permit(source, TOPIC, source.topic(), DESCRIBE, WRITE);
        try (IngestFixture ingest = new IngestFixture(source).up()) {
            refused(until(503, ingest, key), "lacks the right Describe or Write on the transactional id " + id);
            kafka.permit(source, TRANSACTIONAL_ID, id, DESCRIBE, WRITE);
            Reply reply = await().atMost(IngestFixture.PATIENCE)
                    .until(() -> until(503, ingest, key), now -> !detail(now).contains("transactional id"));
            refused(reply, "lacks the right Create, Describe, Read or Write on topic " + answers);

            kafka.permit(source, TOPIC, answers, CREATE, DESCRIBE, READ, WRITE);
            until(200, ingest, key);
            theTopicHasWhatWasAcknowledged(source);
        }
    }

    /** Sends offers, each with another id, until the answer has the status. */
    private Reply until(int status, IngestFixture ingest, String... headers) {
        return await().atMost(IngestFixture.PATIENCE)
                .until(
                        () -> {
                            String id = "o" + (headers.length == 0 ? posted++ : posted);
                            Reply reply = ingest.post("{\"id\":\"" + id + "\",\"name\":\"Cook\"}", headers);
                            if (reply.status() == 200) {
                                acknowledged.add(id);
                            }
                            return reply;
                        },
                        reply -> reply.status() == status);
    }

    private static void refused(Reply reply, String why) {
        assertThat(reply.json().get("type").asText()).isEqualTo("/problems/kafka_refuses");
        assertThat(detail(reply)).contains(why);
        assertThat(reply.http().headers().firstValue("Retry-After")).isPresent();
    }

    private static String detail(Reply reply) {
        return reply.json().get("detail").asText();
    }

    private void theTopicHasWhatWasAcknowledged(SourceConfig source) {
        assertThat(IngestFixture.records(kafka.open(source)))
                .extracting(ConsumerRecord::key)
                .containsExactlyElementsOf(acknowledged);
    }

    private static long producers() {
        Map<Thread, StackTraceElement[]> threads = Thread.getAllStackTraces();
        return threads.keySet().stream()
                .filter(thread -> thread.getName().startsWith("kafka-producer-network-thread"))
                .count();
    }
}
