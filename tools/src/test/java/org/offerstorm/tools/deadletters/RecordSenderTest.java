package org.offerstorm.tools.deadletters;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.offerstorm.core.config.SourceConfig;

/** What {@code dlq replay} does when the client never reports what became of a record. */
class RecordSenderTest {
    private static final SourceConfig NOBODY = new SourceConfig("127.0.0.1:1", "job-offers", "g", 1, Map.of());

    @Test
    @Timeout(30)
    void records_without_an_answer_fail_after_one_time_out_for_all() throws IOException {
        try (RecordSender sender = new RecordSender(NOBODY, Duration.ofMillis(500))) {
            for (int n = 0; n < 200; n++) { // with half a second for each, far beyond the limit of this test
                assertThatThrownBy(() -> sender.confirm(new CompletableFuture<>()))
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("topic job-offers at 127.0.0.1:1 did not take the record")
                        .hasMessageContaining("no answer for 500 ms");
            }
        }
    }
}
