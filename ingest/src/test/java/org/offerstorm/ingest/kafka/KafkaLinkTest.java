package org.offerstorm.ingest.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsResult;
import org.apache.kafka.clients.admin.ForwardingAdmin;
import org.apache.kafka.common.TopicCollection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.offerstorm.core.config.SourceConfig;
import org.offerstorm.local.servers.testing.KafkaFixture;

class KafkaLinkTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir
    Path directory;

    @Test
    void an_exception_that_nobody_expects_does_not_end_the_questions() throws Exception {
        AtomicBoolean faulty = new AtomicBoolean(true);
        try (KafkaFixture kafka = new KafkaFixture(directory)) {
            SourceConfig source = kafka.newTopic(1);
            ForwardingAdmin admin = new ForwardingAdmin(KafkaLink.settings(source)) {
                @Override
                public DescribeTopicsResult describeTopics(TopicCollection topics, DescribeTopicsOptions options) {
                    if (faulty.get()) {
                        throw new IllegalStateException("a bug of the client");
                    }
                    return super.describeTopics(topics, options);
                }
            };
            try (KafkaLink link = KafkaLink.start(source, admin)) {
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(link.state().problem()).contains("Kafka cannot be asked"));
                faulty.set(false);

                await().atMost(PATIENCE).until(() -> link.state().up());
            }
        }
    }
}
