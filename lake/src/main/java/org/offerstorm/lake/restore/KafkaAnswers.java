package org.offerstorm.lake.restore;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaFuture;
import org.offerstorm.core.config.SourceConfig;

/** Waits for what Kafka answers, in words for whoever waits. */
final class KafkaAnswers {
    static final int PATIENCE_SECONDS = 20;

    private KafkaAnswers() {}

    static <T> T get(SourceConfig source, KafkaFuture<T> answer) throws IOException {
        try {
            return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IOException(
                    "Kafka at " + source.bootstrapServers() + ": "
                            + e.getCause().getMessage(),
                    e);
        } catch (TimeoutException e) {
            throw new IOException("Kafka at " + source.bootstrapServers() + " does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while Kafka was asked", e);
        }
    }
}
