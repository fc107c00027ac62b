package org.offerstorm.local.trials.chaos.fault;

import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaFuture;
import org.offerstorm.core.config.OfferstormConfig;

/** The brokers themselves, past the proxy, as an operator reaches them. */
final class KafkaServer {
    private static final int TIMEOUT_MILLIS = 20_000;

    private KafkaServer() {}

    static Admin connect(OfferstormConfig direct) {
        return Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                direct.source().bootstrapServers(),
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                TIMEOUT_MILLIS,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, // not above the other
                TIMEOUT_MILLIS,
                AdminClientConfig.ENABLE_METRICS_PUSH_CONFIG,
                false));
    }

    static <T> T get(KafkaFuture<T> answer) throws ExecutionException, InterruptedException, TimeoutException {
        return answer.get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
    }
}
