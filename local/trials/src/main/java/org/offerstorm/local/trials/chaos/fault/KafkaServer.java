package org.offerstorm.local.trials.chaos.fault;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaFuture;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.core.secret.Secrets;

/** The brokers themselves, past the proxy, as an operator reaches them. */
final class KafkaServer {
    private static final int TIMEOUT_MILLIS = 20_000;

    private KafkaServer() {}

    static Admin connect(OfferstormConfig direct) {
        Map<String, Object> settings = login(direct);
        settings.putAll(Map.of(
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                TIMEOUT_MILLIS,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, // not above the other
                TIMEOUT_MILLIS,
                AdminClientConfig.ENABLE_METRICS_PUSH_CONFIG,
                false));
        return Admin.create(settings);
    }

    /** Where the brokers are, and as whom to come. */
    static Map<String, Object> login(OfferstormConfig direct) {
        Map<String, Object> settings =
                new HashMap<>(Secrets.resolve(direct.source().properties()));
        settings.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, direct.source().bootstrapServers());
        return settings;
    }

    static <T> T get(KafkaFuture<T> answer) throws ExecutionException, InterruptedException, TimeoutException {
        return answer.get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
    }
}
