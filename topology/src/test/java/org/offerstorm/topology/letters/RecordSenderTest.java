package org.offerstorm.topology.letters;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.offerstorm.core.config.SourceConfig;

/** What {@code dlq replay} does when the client never tells what became of a record. */
class RecordSenderTest {
    private static final SourceConfig NOBODY = new SourceConfig("127.0.0.1:1", "job-offers", "g", 1, Map.of());

    @Test
    @Timeout(30)
    void a_record_without_an_answer_fails_after_the_time_out() throws IOException {
        try (RecordSender sender = new RecordSender(NOBODY, Duration.ofMillis(150))) {
            assertThatThrownBy(() -> sender.confirm(new CompletableFuture<>()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("topic job-offers at 127.0.0.1:1 did not take the record")
                    .hasMessageContaining("no answer for 150 ms");
        }
    }
}
